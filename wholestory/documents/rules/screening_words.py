"""Words that tell a policy from a record: what stands in capitals without being a name, and common forenames."""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


MONTHS = _words(
    "january february march april may june july august september october november december"
    " jan feb mar apr jun jul aug sep sept oct nov dec"
)

#: Words that policies write with a capital letter. Where one of them stands, two capitals are no person.
NOT_A_NAME = MONTHS | _words(
    """
    a about academy access act action actions adult adults advice advisory after age agencies agency all
    allegations an and annex anyone appendix april are area article assessment assessments assurance at audit
    audits authorities authority babies baby best board boards borough boy boys brook building bullying business
    by cafcass camhs care carer carers case cases centre chair chairs chapter charity check checks chief child
    childcare childminders children children's church city class clause clerk clinical club code college
    commission commissioner committee community concern conduct conference constabulary contact contents
    contract core council county court crown csc cse customer data date day days dbs deaf december department
    deputy designated development director directory disability district doctor document domestic duty early
    education effectiveness emergency employee employees england english equality escalation essex every
    evidence executive external fact families family female figure finance first force form forum foster
    foundation framework free from full fund general girl girls good government governor governors group
    guidance handbook head headteacher headteachers health help her high his home hospital hospitals house
    housing hub human ics if impact improvement in inclusion independent induction infants information
    inspection integrated interim internal internet is issue it job joint junior justice keeping key keystage
    lado lane law lead leader leaders leadership leads learning leavers legal leicester lessons level library
    licence local london looked male manager managers managing master maternity meeting member members mental
    ministry mission model monday multi munro named national network new next nhs no norfolk north northern not
    note notes number nurse nursery nurses of office officer officers ofsted older on online operations or
    organisation other our out outcome overview oxford page panel parent parenting parents part participation
    partner partners partnership peer people performance person persons peterborough pilot plan plans play
    police policies policy post practice practitioner practitioners pre pregnant prevent prevention primary
    prince princess principal prison private probation procedure procedures process professional professionals
    programme project protection public pupil pupils quality quarter queen question questions re record records
    recruitment referral referrals region register regulation regulations report reporting reports request
    residents resolution resource resources response responsibility return review reviews revised rights risk
    river road role royal rural safe safeguarding safer saint saturday school schools scope score secondary
    secretary section self send senior serious service services sexual she sheet short single social society
    south southern special specialist sport staff stage standard standards state statement statutory step
    strategic strategy street student students sub sunday supervision supervisor support survey system table
    teacher teachers team template term terms test the their these they things this those threshold thresholds
    thursday tier time title to together toolkit training transfer transition travel trust trustee trustees
    tuesday under unit united university update use version victims village violence visit visitor visitors
    voice voluntary volunteer volunteers vulnerable wales ward we wednesday welfare west western what when where
    which who with woman women work worker workers workforce working world year years yes yorkshire you young
    your youth zone
    """
)

#: Beside these a file is a blank, or about how something is done.
A_BLANK = _words(
    "template form guidance policy procedure procedures protocol blank audit checklist guide toolkit example sample"
    " leaflet handbook training slides"
)

#: Tables about these are not about children.
ABOUT_STAFF = _words(
    "staff employee employees trainer trainers post role job dbs governor governors volunteer volunteers manager"
    " department team delegate delegates attendee attendees member members trustee trustees teacher"
)

#: Forenames often given in the United Kingdom, of many origins. Only used where a single word stands before an age.
FORENAMES = _words(
    """
    aaliyah aaron abbie abdul abdullah abigail adam adrian agnieszka ahmed aidan aisha alan alex alexander
    alexandra alfie ali alice alisha alyssa amara amber amelia amina amir amira amy ana anastasia andrei andrew
    angel anna anya archie aria arjun arthur arya ava ayaan ayesha bailey barbara beatrice bella ben benjamin
    bethany blake bogdan bradley brandon brooke caitlin callum cameron carter casey charles charlie charlotte
    chelsea chioma chloe christopher clara connor courtney daisy dalia dan daniel danielle darcey darius david
    deepa demi destiny dexter diana dominic dylan ebony eden edward elena eliza elizabeth ella ellie elliot
    elsie emeka emilia emily emma eric erin esme ethan eva evan eve evelyn evie ezra faith farah fatima felix
    finlay finley florence fola frankie fraser fred freddie freya gabriel gabriela george georgia georgina grace
    gracie grzegorz hamza hannah harley harriet harrison harry harvey hassan heidi henry hollie holly hugo
    ibrahim imogen imran inaya ines ioana isaac isabel isabella isabelle isla ismail ivy jack jacob jade jake
    jakub jamal james jamie jan jana jasmine jason jasper jay jayden jess jessica joanna joe joel john jonathan
    jordan joseph josh joshua jude julia kacper kai kaitlyn kamal karol kasia kate katie kayla keira kelly
    khadija kian kieran kofi kwame kyle lacey laura lauren layla leah leo leon lewis lexi liam lily linh logan
    lola louie louis louise luca lucas lucy luke lydia lyra maciej maddison madison maisie malik maria mariam
    marta martha martin maryam mason mateusz matilda matthew max maya megan mehmet mia michael michal mihai mila
    millie milo mohamed mohammad mohammed molly morgan muhammad musa mustafa nadia naomi natalia nataliya nathan
    nathaniel ngozi niamh nicole noah nora olamide oleksandr oliver olivia oliwia ollie oluwaseun omar oscar
    owen paige patrick patryk pedro penelope peter phoebe pola poppy priya rachel rafael rahul ralph rania
    rebecca reece reggie reuben rhys riley robert robyn rohan roman ronnie rory rosa rose rosie rowan ruby ryan
    safiya sam samantha samir samuel sara sarah sebastian seth shanice shannon sienna simran sofia sonia sophia
    sophie stanley stefan stella summer syed sylvie szymon tariq taylor teddy tegan temi tess thea theo theodore
    thomas tia tobias toby tom tomasz tommy tyler tyrone valentina victoria viktor violet wiktoria william
    willow xavier yasmin yusuf zac zachary zahra zain zainab zak zara zoe zofia zuzanna
    """
)
