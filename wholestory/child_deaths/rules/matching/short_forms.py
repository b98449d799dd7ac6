"""Forenames that are one name: short forms, and spellings of one name in another alphabet.

A list of ours, kept small on purpose: each line is a group whose members are often written for one another. A name
may stand in several groups (Alex is Alexander as well as Alexandra).
"""

from __future__ import annotations

_GROUPS = """
abdul abdullah abdulla abdallah
abigail abi abbie abby gail
ahmed ahmad ahmet akhmed
aidan aiden ayden
aisha ayesha aysha aicha aisa
alan allan allen alun al
albert al bert bertie
alexander alex alec alexandru aleksander aleksandr aleksandar sandy xander sasha oleksandr
alexandra alex alexa sandra sasha aleksandra lexi lexie
alfred alf alfie fred
ali aly
alison ali allison
amelia millie milly emilia
andrew andy drew andrei andrej andrzej andrius
anna ann anne annie ania anya hannah hana
anthony tony antony anton antoni
ashley ash
barbara barb babs basia
benjamin ben benny benji beniamin
bethany beth bethan
bradley brad
callum calum
cameron cam
caitlin kaitlin katelyn caitlyn kate
catherine katherine kathryn katharine kate katie cathy kathy kat kasia katarzyna catalina
charles charlie chas karol
charlotte charlie lottie lotte
chloe khloe
christian chris kristian krystian
christina christine chris chrissie tina kristina krystyna cristina
christopher chris kit krzysztof
claire clare klara clara
daniel dan danny danil daniil
danielle dani daniela daniella
david dave davey davy dawid davide
deborah debbie deb debra
dominic dom dominik
edward ed eddie ted teddy ned edvardas
elizabeth liz lizzie beth betty eliza libby elsie elspeth elzbieta elisabeta bess lisa
eleanor ellie nell nellie elena ellen
ella ellie
emily em emmy emilia
emma em
evelyn evie eve eva
fatima fatimah fatema fatma
francesca fran frankie
francis frank frankie franciszek
frederick fred freddie freddy
gabriel gabe gabi
gabrielle gabriella gabriela gabi gaby
george georgie jerzy gheorghe
georgia georgie georgina
gregory greg grzegorz
hamza hamzah
harrison harry
henry harry hal henryk
harry harold
hassan hasan
hussain hussein husain hossain huseyin
ibrahim ebrahim abraham
imogen immy
isaac zac ike
isabella isabelle isabel isobel izabela bella izzy belle
ismail ismael ishmael
jack jac
jacob jake jakub kuba
jacqueline jackie jacqui
james jim jimmy jamie
jasmine jas jaz yasmin
jennifer jen jenny jenna
jeremy jerry jez
jessica jess jessie
joanna jo joanne joana asia
john jon johnny jonny jan ivan ion jonas
jonathan jon jonny johnathan nathan
joseph joe joey jozef yusuf yousaf yousuf yusef josef jose
joshua josh
julia julie julita
karen caren
katarzyna kasia
kenneth ken kenny
khadija khadijah khadeeja
kimberley kimberly kim
kieran kieron ciaran
lauren laura lori
lawrence laurence larry laurie
leonard leo len lenny leonardo
leonardo leo
lewis louis luis lou
lillian lily lilly lillie lilian
louise lou louisa
lucas luke luca lukas luka lukasz
lucy lucia lucie luiza
lukasz lukas
maciej matthew
madeleine maddie madison madeline
magdalena magda
margaret maggie meg peggy margot malgorzata gosia
maria marie mary mariya maryam miriam marija
mark marcus marc marek
martin marty marcin
mateusz mati matthew
matthew matt mat mathew matty matei mateo mateusz matas
maximilian max maxim maksim maksymilian
megan meg meghan
melissa mel missy
michael mike mick mikey micky michal mihai mykola
michelle shell
mohammed muhammad mohammad mohamed muhammed mohamad muhamad mohamud md mo
molly mollie
mustafa mustapha
natalie nat natalia nataliya
natasha tash tasha
nathaniel nathan nat nate
nicholas nick nicky nico nicolas mikolaj nicolae
nicola nicky nikki nicole nikola
noor nur nour
oliver ollie olly olivier oliwier
olivia liv livvy olive oliwia
oscar oskar
pamela pam
patricia pat tricia trish patsy patrycja
patrick pat paddy patryk
paul pawel pavel
peter pete piotr petr petru
philip phil phillip filip
piotr peter
rachel rachael rach
rebecca becky becca rebekah
richard rich rick ricky dick ryszard
robert rob bob bobby robbie bert
ronald ron ronnie
rosie rose rosemary rosa
ryan rian
samantha sam sammy
samuel sam sammy samuil
sarah sara sally zara
sebastian seb
sean shaun shawn
simon szymon simeon
sophie sofia sophia zofia zosia sofija
stephen steven steve stevie stefan
stephanie steph steff stefania
susan sue suzanne susie suzie zuzanna
syed said sayed
tariq tarik
terence terry terrence
theodore theo ted teodor
theresa teresa terri tess
thomas tom tommy tomasz tomas toma
timothy tim
tracey tracy
tyler ty
usman osman uthman
vanessa nessa
victor vic wiktor
victoria vicky vicki tori wiktoria viktorija
vincent vince vinny
vladimir volodymyr vlad
wayne wain
william will bill billy willy liam
yasmin yasmine jasmine jasmin
youssef yusuf joseph
zachary zac zach zack zak zachariah zakaria
zainab zaynab
zoe zoey
"""


def _groups() -> dict[str, frozenset[int]]:
    found: dict[str, set[int]] = {}
    for at, line in enumerate(_GROUPS.split("\n")):
        for name in line.split():
            found.setdefault(name, set()).add(at)
    return {name: frozenset(groups) for name, groups in found.items()}


_OF = _groups()
_NONE: frozenset[int] = frozenset()


def one_name(a: str, b: str) -> bool:
    """Whether two folded forenames are often written for one another."""
    return bool(_OF.get(a, _NONE) & _OF.get(b, _NONE))
