"""Short and pet forms of forenames, so that a Will is found where a William is meant, and the other way round."""

from __future__ import annotations

_GROUPS = """
abigail abby abbie abi gail
alexander alex alec al sandy sasha xander
alexandra alex sandra sasha lexi
alfred alf alfie fred
amelia millie amy mia
andrew andy drew
anthony tony ant
antonia toni
barbara barb babs
benjamin ben benny benji
beatrice bea trixie
bethany beth
caroline carrie caz
catherine cath cathy kate katie katy kit
charles charlie chas chuck
charlotte charlie lottie
christina chris tina chrissie
christine chris chrissie
christopher chris kit topher
daniel dan danny
danielle dani
david dave davey
deborah deb debbie
dominic dom
dorothy dot dottie
edward ed eddie ted teddy ned
eleanor ellie nell nora
elizabeth liz lizzie beth betty eliza libby lisa ellie
emily em emmy millie
emma em
florence flo flossie
frances fran frankie
francis frank frankie
frederick fred freddie
gabriel gabe
gabrielle gabby
george georgie
georgina george georgie gina
gerald gerry
grace gracie
gregory greg
hannah hanna
harold harry hal
harriet hattie harry
harry henry harold
helen nell nellie
henry harry hal hank
isaac zac ike
isabella bella izzy belle
isabelle izzy belle bella
jack john jackie
jacob jake
jacqueline jackie
james jim jimmy jamie
janet jan
jasmine jas jaz
jennifer jen jenny
jeremy jez jerry
jessica jess jessie
joanna jo joanne
john jack johnny jon
jonathan jon jonny nathan
joseph joe joey jo
josephine jo josie
joshua josh
judith judy jude
julia jules julie
katherine kath kathy kate katie katy kit
kathleen kath kathy
kenneth ken kenny
kimberley kim
laura laurie
lawrence larry laurie
leonard len lenny leo
lewis lew louis
lillian lily lil
louise lou
lucy lu
lucinda lucy cindy
madeleine maddie
margaret maggie meg peggy marge greta
maria mary mia
martin marty
mary molly polly may
matilda tilly mattie
matthew matt matty
max maximilian maxwell
megan meg
melanie mel
melissa mel lissa
michael mike mick mickey mikey
michelle shell
mohammed mohammad muhammad mohamed muhammed mo
natalie nat
natasha tasha nat
nathan nate nat
nathaniel nathan nate nat
nicholas nick nicky nico
nicola nicky nic
oliver ollie olly
olivia liv livvy ollie
oscar ozzie
pamela pam
patricia pat trish tricia patsy
patrick pat paddy rick
penelope penny
peter pete
philip phil pip
phillip phil pip
rachel rach
raymond ray
rebecca becky becca bex
richard rick ricky dick rich richie
robert rob bob bobby robbie bert
roberta bobbie
ronald ron ronnie
rosemary rose rosie
samantha sam sammy
samuel sam sammy
sarah sally sadie
sebastian seb
sophia sophie
stephanie steph
stephen steve stevie
steven steve stevie
susan sue susie suzie
suzanne sue suzie
tabitha tabby
theodore theo ted teddy
theresa terry tess tessa
thomas tom tommy
timothy tim timmy
tobias toby
valerie val
veronica ronnie vera
victoria vicky tori
vincent vin vinny vince
william will bill billy willy liam
yasmin yas
zachary zac zack zach
"""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _build() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for line in _GROUPS.split("\n"):
        names = line.split()
        if not names:
            continue
        full, *short = names
        for each in short:
            found.setdefault(full, set()).add(each)
            found.setdefault(each, set()).add(full)
    return {name: frozenset(others) for name, others in found.items()}


_FORMS = _build()

#: Forenames and surnames that are also everyday words: written small they are hardly a name.
EVERYDAY = _words(
    """
    abbey amber april art august autumn baker banks bell bill birch black bloom blue bob brook brooks brown
    bush butcher butler cannon carpenter carter cash chance charity chase cherry church clay cliff cole
    constant cook cooper cross crystal daily daisy dale dawn day dean dick dot drew ed ember faith farmer
    fern field fisher flora flowers ford forest fox frank gale grace gray green hail hall harmony hazel heath
    heather hill holly hope hunt hunter iris ivy jack jasmine jewel joy june king knight lane law lily little
    long love luna major mark marsh mason max may meadow mercy mike miles miller moon moss nick noble norm
    north old olive page parish park parker pat patience pearl penny peter piper poppy porter potter price
    prince queen rain ray read red reed rich river rob robin rock rose rowan ruby rusty sage sailor sam sandy
    savage scarlet shepherd short sky small smart star steel sterling stone storm strong sue summer sunny
    swan taylor teal terry tom turner violet walker wall ward waters weaver west white will willow winter
    wood wren young
    """
)


def forms_of(name: str) -> frozenset[str]:
    """The other forms of a forename, folded: short for long and long for short; empty for a name that has none here."""
    return _FORMS.get(name, frozenset())
