"""What is known about child death review as plain Python: who is in scope, who leads, what a form may say.

Nothing here knows a database or today's date, and nothing decides: a rule proposes, says why and how well that is
known (``grounds``), and a person decides. The sentences come from the domain notes on child death review.
"""
