"""Are deaths closer together, in place or in place and time, than chance would put them? A cluster names places: it is
for the panel alone, looked for on demand with everything chosen beforehand, and never an alert."""
