"""The API: what an agency's own system may read and send, under the same rules as a person with a seat."""
