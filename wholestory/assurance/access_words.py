"""What the access record's codes for self-audits say on screen."""

from wholestory.access.screens import wording

wording.register(
    verbs={
        "assurance.issued": "Asked the organisation for it",
        "assurance.begun": "Began to answer it",
        "assurance.signed_off": "Signed it",
        "assurance.reopened": "Opened it again",
        "assurance.sent_back": "Opened it again for the organisation",
        "assurance.queried": "Sent it back with a question",
        "assurance.query_answered": "Answered the board’s question",
        "assurance.moderated": "Finished moderating it",
        "assurance.moderation_reopened": "Opened its moderation again",
        "assurance.result_released": "Released the result to the organisation",
        "assurance.nil_returned": "Signed that there is nothing to assess",
        "assurance.nil_reopened": "Took the nil return back",
        "assurance.withdrawn": "Stopped asking for it",
        "assurance.chased": "Noted that the organisation was chased",
        "assurance.counted": "Counted the cycle again",
        "assurance.cycle_prepared": "Prepared the cycle",
        "assurance.asked_to_sign": "Asked for it to be signed",
        "assurance.cycle_closed": "Closed the cycle",
        "assurance.return_closed": "Closed it with its cycle",
        "assurance.extended": "Gave more time",
        "assurance.judged": "Judged an answer",
        "assurance.moderator_assigned": "Asked somebody to moderate it",
        "assurance.moderator_unassigned": "Ended somebody’s moderating",
        "assurance.released_to_board": "Released the results to the board",
        "assurance.replied": "Replied to the result",
        "assurance.joint_proposed": "Offered the questions to other boards, to ask together",
        "assurance.joint_joined": "Joined a round asked together with other boards",
        "assurance.core_elsewhere": "Asked the shared questions in another board’s return",
        "assurance.core_here": "Asked the shared questions here, because the other board’s return holds none",
        "assurance.core_taken": "Took in the shared answers signed for another board",
        "assurance.core_changed": "Was told that the shared answers changed after it was signed",
        "assurance.hastened": "Moved its due date to the earliest of the boards that ask together",
        "assurance.shared_out": "Shared out who answers what",
    }
)
