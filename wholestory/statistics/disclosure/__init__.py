"""Which numbers may be printed. Comes last, after all statistics, and covers whatever is worked out from a number.

Source: the rules are stated in docs/explanation once the public report uses them; profiles follow published practice
(DfE, Characteristics of children in need: data guidance; NHS Digital, disclosure control for HES and ECDS, 2018).
"""
