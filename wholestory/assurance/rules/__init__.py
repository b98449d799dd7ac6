"""The arithmetic of self-assessment: scales, cells, roll-ups, moderation, response, reminders.

Pure: nothing here knows Django, a database or today's date. Scores are exact fractions until they are shown,
so that a rounded figure never decides whether something counts as compliant.
"""
