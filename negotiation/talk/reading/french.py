"""How French speakers say each kind of move. Articles and "de" are left out of skeletons, elisions are words of their own."""

from __future__ import annotations

import re

from negotiation.talk.reading.cues import Cues, between, one_of, patterns, some, word_of

US = r"(?:(?:pour|a|chez|selon) (?:nous|moi|notre part) )?"
WE = r"(?:nous|on|je|j)"
NE = r"(?:ne |n )?"
NOT = r"(?:pas|jamais|plus|point)"
VERY = some(
    "vraiment tout a fait completement totalement absolument toujours bien tres tellement clairement aussi simplement meme"
)
YOU = r"(?:vous|tu)"
ACCEPT = one_of(
    "accepter|prendre|vivre avec|envisager|tolerer|approuver|consentir a|aller jusqu a|aller a|souscrire a|descendre a|descendre jusqu a|monter a|monter jusqu a|nous contenter|se contenter|vous contenter|offrir|proposer|payer|signer|suivre|accepter que|faire|admettre"
)
ACCEPT_NOW = one_of(
    "acceptons|accepte|accepterons|accepterions|accepterait|accepterais|prenons|tolerons|admettons|prendrions|prendrait"
)
REFUSED = one_of(
    "accepterons|accepterions|acceptons|acceptera|accepte|accepterait|prendrons|prendra|prenons|prend|enverrons|enverra|envoyons|envoie|voulons|veut|donnerons|donnera|paierons|paiera|payons"
    "|signerons|signera|investirons|investira|ferons|fera|laisserons|laissera|tolererons|tolerera|mettrons|mettra|suivrons|cederons|accorderons"
)
TOLD = one_of(
    "probleme|obstacle|difficulte|souci|point bloquant|point dur|blocage|point de blocage|point d achoppement|hic|pierre achoppement|point achoppement"
)
ELSE = word_of(
    "partenaires? offres? options? clients? investisseurs? fournisseurs? constructeurs? acheteurs? candidats? alternatives? propositions? prestataires? solutions? interesses?"
)
CAN = r"(?:pouvons|peut|pourrions|pourrait|pourrons|pourra|sommes prets a|est pret a|est prets a|serions prets a|serait pret a|suis pret a|saurions|saurait)"
SETTLED = word_of("signe signee signes signer signez signature accord accords conclu conclue conclus T")
CONDITION = between("nous vous on n ne pas est sont soit soient ait a ont avez avons y il ce c cela ca que qu d ici avant au a en W T table P tous encore plus tard fin pour dans"
                    " , signature signe signee signez conclu conclue accord trouve avoir votre notre sur sera seront", SETTLED)  # fmt: skip
ACTION = "(?:alors )?(?:nous|on) " + some("nous quittons quitterons quitte quittera quitter retirons retirerons retire retirera partons partirons part partira partir en irons ira va s allons allons"
              " signons signerons signe signera signer aussi avec P T table negociations chez egalement , et immediatement alors")  # fmt: skip

FRENCH = Cues(
    hearsay=re.compile(
        r"\b(?:dit|vous dites|disent|(?:avez|avait|avais|aviez|ont|a) dit|presse|journaux|rumeur|rumeurs|entendu|pretend|pretendent|affirme|affirment|selon P|il parait|parait il|apparemment"
        r"|me demande|si seulement|bien sur ,|ah oui|c est ca|pas vrai|ne dis|ne disons|ne crois|ne pense|ne pensons|ne croyons|pas sur que|je doute|(?:avions|avait|aurions|aurait|aurais|auriez|auraient) \w+"
        r"|aurions|plaisante|blague|rigole|mdr|lol|peut etre un jour|qui sait|hier|l an dernier|annee derniere|semaine derniere|autrefois|il y a \d+|gratuits?|gratis|voudrez|personne ne|on raconte"
        r"|imagine|reve|espere|esperons|formidable|genial|pas question pour P|etait|etaient|voulait|voulaient|vouliez)\b"
    ),
    flat=re.compile(r"^(?:(?:desole|desolee|ah|,) )*(?:non|jamais|pas question|hors question|impossible|jamais vie|surement pas|certainement pas|absolument pas|non merci|pas pour nous|c est non|c est impossible|inacceptable|c est inacceptable|aucune chance|pas possible)(?: (?:jamais|merci|desole|pour nous))*$"),
    negation=re.compile(r"\b(?:ne|n|pas|jamais|aucun|aucune|rien|ni|sans|non|personne|guere|plus que|nullement|renonc\w+|abandonn\w+|supprim\w+|evit\w+|annul\w+|arret\w+)\b"),
    denial=re.compile(r"\b(?:pas|jamais|aucun|aucune|rien|sans|non|personne)\b"),
    condition=re.compile(r"\b(?:si|s(?= il)|sauf|a moins|pourvu|sinon|a condition|tant que|quand|lorsque|seulement|uniquement|depend|en cas|a condition que|sitot que|faute|plutot|mieux que|meme si|bien que|pire|maximum|minimum|limite|au plus|au moins)\b"),
    others=re.compile(r"(?:^|, )(?:et |mais |donc )?(?:vous|il|elle|ils|elles|P) |\b(?:pour|a) vous\b|\bP (?:est|a|veut|peut|va)\b"),
    filler=re.compile(
        r"\b(?:et|ou|pour|avec|a|chez|dans|sur|en|ici|la|alors|donc|mais|s il vous plait|svp|exactement|vraiment|reellement|au|aux|table|negociation|negociations|aujourd hui"
        r"|vous|nous|on|notre|votre|nos|vos|ce|cet|cette|c|est|que|qu|par|an|voiture|euros|dites|dis|moi|dire|tous|offre|proposition|bien|part|plus|y|il|ca|t|ensemble|proposons|disons)\b|[,;:?]"
    ),
    clauses=re.compile(r"(?:, )?\b(?:mais|cependant|tandis que|alors que|et (?=(?:nous|on|sur) )|donc (?=nous ))\b ?|; |(?<!\bsur I )(?<!\bpour I )(?<!O ), (?=(?:nous|on|sur) )"),
    discard=re.compile(r"\b(?:retir\w+|oubli\w+|enlev\w+|savoir|comprendre|discut\w+|parl\w+|reflech\w+|penser|expliqu\w+|report\w+|plus tard|serieux|serieuse|comment|pourquoi|quand|contre|repens\w+)\b"),
    joints=re.compile(r"\b(?:et|plus)\b|,"),
    asks=re.compile(r"^(?:(?:et|mais|alors|bonjour|P|,) )*(?:qu est ce|que |quoi|quel|quelle|quels|quelles|pourquoi|comment|combien|est ce que|c est quoi|avez vous|pourriez vous|accepteriez vous|qui|ou)\b"),
    we="nous",
    you="vous",
    whom=patterns(
        r"^(?:(?:bonjour|salut|cher|chers|merci|bon|alors|et|mais|ok|desole|,|:) )*(?P<who>P) (?:, |: |(?=(?:que|qu|quel|quelle|pourquoi|comment|pourriez|accepteriez|avez|etes|seriez|si vous)\b))",
        r"^(?:bonjour|salut|cher|chers|merci|desole) (?P<who>P) ",
        r"(?:, |vous )(?P<who>P) (?=[,?] |$)",
    ),
    subject=patterns(r"\b(?:est ce que|pour) (?P<who>P) (?=accept|pourrait|peut|serait|est|veut|\? |$)", r"(?P<who>P) (?=(?:accepterait|pourrait|peut|serait|veut|prendrait) (?:il|elle)\b)"),
    courtesy={
        "greeting": re.compile(r"^(?:bonjour|bonsoir|salut|chers? tous|coucou)\b(?: (?:a tous|a toutes|tous|tout monde|P))*|\bravis? vous\b(?: voir| rencontrer)?|\benchantes?\b|\bheureux vous (?:voir|rencontrer)\b"),
        "thanks": re.compile(r"(?<!non )\b(?:merci|je vous remercie|nous vous remercions|remerciements)\b(?! quand meme| pour rien)"),
        "regret": re.compile(r"(?<!pas )\b(?:desoles?|desolee|malheureusement|nous regrettons|je regrette|navres?|toutes mes excuses|nos excuses|excusez(?: nous| moi)|dommage)\b"),
        "hurry": re.compile(r"(?<!pas )\b(?:temps presse|depechons(?: nous)?|depechez(?: vous)?|echeance approche|date limite approche|aller vite|faire vite|faisons vite|vite svp|peu temps|manquons temps|plus temps a perdre|horloge tourne|accelerons|fin approche)\b"),
    },
    priority=patterns(
        r"\b(?:quel|quels) (?:point|points|sujet|sujets|enjeu|enjeux) (?:compte|comptent|importe|importent|est|sont)(?: (?:vraiment|surtout|plus))*(?: important| importants)?(?: (?:pour|a) vous)?\b|\bc est quoi (?:plus )?important (?:pour|chez) vous\b|\bquoi est (?:plus )?important pour vous\b",
        r"\b(?:dites|dis|expliquez) (?:nous|moi) (?:ce qui (?:compte|importe|est important)(?: le)?(?: plus| vraiment| surtout)?(?: (?:pour|a) vous)?|ce que vous (?:voulez|cherchez|souhaitez|attendez)|ce dont vous avez besoin|vos priorites|quelles sont vos priorites)\b",
        r"\bqu(?:e)? (?:attendez|esperez|recherchez|voulez) vous(?: (?:obtenir|avoir))?\b|\bqu est ce qui vous (?:interesse|motive|importe)(?: le)?(?: plus)?\b|\ba quoi tenez vous(?: (?:le )?plus)?\b|\bque vous faudrait il\b",
        rf"\b(?:qu est ce qui|ce qui|qui) {VERY}(?:compte|importe)(?: \w+)? ?(?:plus |vraiment |surtout )?(?:pour|a) {YOU}\b|\bqu est ce qui {YOU} (?:importe|tient a coeur|interesse)(?: plus)?\b",
        rf"\b(?:que|qu est ce que) (?:voulez|souhaitez|cherchez|attendez|desirez|recherchez) {YOU} {VERY}|\b(?:qu est ce que) {YOU} {VERY}(?:voulez|souhaitez|cherchez|attendez)(?: {VERY})?\b",
        rf"\bquoi avez {YOU} besoin\b|\b{YOU} avez besoin quoi\b|\b{YOU} voulez quoi\b|\bqu est ce (?:qu il|dont) {YOU} (?:faut|avez besoin)\b|\bque vous faut il\b",
        r"\b(?:quelles?|c est quoi|quels?)(?: est| sont)? (?:vos|votre|etait vos) (?:principale?s? |principaux |premieres? |vraies? |grande )?(?:priorites?|besoins?|interets?|objectifs?|attentes?)(?: principale?s?| principaux| essentiels?| premieres?)?\b",
        rf"\bqu est ce qui (?:est|serait) {VERY}(?:plus |)?(?:important|essentiel|crucial)(?: (?:pour|a) {YOU})?\b|\bqu est ce qui compte (?:pour|a) {YOU}\b",
    ),
    obstacle_asked=patterns(
        r"\bpourquoi (?:avez vous |vous avez )(?:rejete|refuse|decline|repousse)(?: (?:notre|cette|ma) (?:derniere )?(?:offre|proposition))?\b|\bpourquoi (?:rejetez|refusez) vous(?: (?:notre|cette) (?:offre|proposition))?\b|\bqu est ce qui (?:ne )?vous deplait(?: (?:dans|avec) (?:notre|cette) (?:offre|proposition))?\b",
        r"\bqu est ce que vous n aimez pas(?: dans (?:notre|cette) (?:offre|proposition))?\b|\bque n aimez vous pas(?: dans (?:notre|cette) (?:offre|proposition))?\b|\bquelles sont vos (?:objections|reserves|reticences)\b",
        r"\b(?:qu est ce qui|ce qui|qui) (?:ne |n )?(?:va pas|cloche|pose probleme|coince|bloque|gene|derange|convient pas|plait pas)(?: (?:dans|avec|sur) (?:notre|cette) (?:offre|proposition))?\b",
        rf"\b(?:qu est ce qui|ce qui) {YOU} (?:empeche|gene|bloque|derange|retient|freine|deplait)(?: signer| accepter)?\b",
        rf"\bpourquoi (?:ne |n )?(?:signez|acceptez|voulez|pouvez|avez) {YOU} pas(?: signe| signer| accepter| accepte)?\b|\bpourquoi {YOU} (?:ne |n )?(?:signez|acceptez|voulez|avez) pas(?: signer| accepter| signe)?\b|\bpourquoi (?:refusez|hesitez) {YOU}(?: signer| accepter)?\b",
        r"\b(?:quel|ou) est (?:probleme|obstacle|blocage|souci)(?: (?:avec|dans|sur) (?:notre|cette|votre) (?:offre|proposition))?\b|\bou ca coince\b|\bque reprochez vous a (?:notre|cette) (?:offre|proposition)\b|\bc est quoi probleme\b",
    ),
    alternative_asked=patterns(
        r"\by a t il (?:quelqu un (?:autre|d autre)|quelqu autre|autres? \w+)\b|\bavec qui (?:autre|d autre) (?:parlez|negociez|discutez) vous\b|\betes vous en (?:contact|discussion|pourparlers) avec (?:autres|quelqu un autre|quelqu autre)\b",
        rf"\b(?:avez {YOU}|est ce que {YOU} avez|{YOU} avez)(?: deja| aussi)? (?:autres?|deuxieme|second) {ELSE}\b",
        rf"\b(?:avez {YOU}|est ce que {YOU} avez|quelles?(?: est| sont) (?:votre|vos)) (?:meilleure )?(?:solution rechange|plan b|alternatives?|solution repli)\b",
        rf"\b(?:parlez|negociez|discutez) {YOU} avec (?:autres|quelqu autre|quelqu un autre)\b|\by a t il quelqu un autre\b",
    ),
    option_asked=patterns(
        rf"\b(?:pourriez|pouvez|accepteriez|acceptez|prendriez|envisageriez|seriez|toleriez|feriez|signeriez) {YOU} (?:prets? a |d accord pour |ouverts? a |accord (?:avec|pour) )?(?:{ACCEPT} )?(?=[^,]*O)|\bvous (?:peut|pourrait|accepterait|serait) (?:il|elle|ils)(?: (?:pret a|{ACCEPT}))* (?=[^,]*O)",
        r"\bO (?:serait|seraient|est|sont) (?:il|elle|ils|elles) (?:possibles?|acceptables?|envisageables?|suffisante?s?)(?: pour vous)?\b|\bO (?:vous )?(?:suffirait|suffiraient|suffit)(?: (?:il|elle|ils|elles))?(?: (?:pour|a) vous)?\b",
        rf"\b{YOU} (?:pourriez|pouvez|accepteriez|prendriez|seriez) (?:prets? a |accord pour )?(?:{ACCEPT} )?(?=[^,]*O)",
        r"O (?:, )?(?:ca |cela )?(?:vous )?(?:conviendrait|irait|va|conviendraient|convient|iraient|serait il acceptable|serait possible|serait acceptable|est ce possible|c est possible|est acceptable)(?: (?:il|elle|ils|elles))?(?: (?:a|pour) vous)?\b",
        rf"\bque pensez {YOU} (?=[^,]*O)|\bqu est ce que {YOU} pensez (?=[^,]*O)|\bque dites {YOU} (?=[^,]*O)|\betes {YOU} (?:prets? a |accord (?:avec|pour) |ouverts? a |favorables? a )(?:{ACCEPT} )?(?=[^,]*O)",
    ),
    sketch_asked=patterns(
        r"^(?:et |alors |, )*(?:et )?si (?:nous|on|vous) \w+(?:ions|iez|ait|ons|ez|it)\b|^(?:et |alors |, )*et si\b|\bque diriez vous\b|\bpourquoi pas\b|\bqu en dites vous\b|^et (?=O)|\bon pourrait dire\b|\bpourrait on (?:dire|faire|convenir)\b|^(?:supposons|imaginons|admettons)\b|\b(?:on|nous) (?:se met|nous mettons|peut se mettre|pouvons nous mettre) accord sur\b|\bvoici (?:une )?(?:idee|proposition|notre offre|notre proposition|offre)\b"
    ),
    sketch=patterns(
        rf"\b{WE} (?:vous )?(?:proposons|propose|offrons|offre|suggerons|suggere|demandons|demande|voulons|veut|souhaitons|souhaite|voudrions|voudrait|aimerions|aimerait|desirons)(?: avoir)?\b",
        r"\b(?:disons|prenons|convenons|mettons nous accord sur|faisons|partons sur)\b|\b(?:notre|ma) (?:nouvelle |contre )?(?:offre|proposition|contre offre|suggestion)(?: est| c est)?\b|\bil nous faut\b|\bnous avons besoin\b",
    ),
    refuse=patterns(
        rf"O (?:(?:et|ou|,) O |, )*(?:c |ce )?(?:est|sont|serait|seraient|reste|restent|) ?{VERY}(?:hors question|exclue?s?|inacceptables?|impossibles?|ligne rouge|pas acceptable|pas possible|pas envisageable|inenvisageable|non negociable|inconcevable){US}",
        rf"\b{WE} {NE}(?:vous )?{REFUSED} (?:{NOT}|en aucun cas|sous aucun pretexte)\b(?: {VERY})?|\b{WE} {NE}(?:pouvons|peut|pourrons|pourra|pourrions|pourrait|voulons|veut|sommes prets a|allons|va) {NOT} {VERY}(?:{ACCEPT}|envoyer|donner|payer|investir|vous laisser|mettre)\b",
        rf"\b{WE} {VERY}(?:refusons|refuse|refuserons|refusera|rejetons|rejette|excluons|exclut|disons non a)\b(?=.*O)|\bpas question(?: prendre| accepter| faire)? (?=O)",
        r"O (?:n )?(?:est|sont|serait|seraient) (?:pas|nullement) (?:possibles?|acceptables?|envisageables?|negociables?)(?: pour nous)?",
        r"^O (?:\? |, )*(?:(?:c est )?non|jamais|pas question|surement pas|certainement pas|absolument pas|hors question|impossible|(?:c est )?inacceptable|aucune chance|pas possible|pas pour nous)\b(?: vie)?(?: merci| jamais| pour nous)*|^pas O (?:, )?(?:jamais |point final |jamais vie )?$|^jamais O |^non a O ",
        rf"\bil (?:n )?est hors question (?:accepter |prendre |faire )?(?=O)|\bhors question (?=O)|\bil {NE}(?:est|y a) pas question (?=O)",
    ),
    refuse_issue=patterns(
        rf"\b{WE} {NE}(?:vous )?{REFUSED} {NOT} (?=I)|\b{WE} {NE}(?:pouvons|peut|pourrons|voulons|veut|allons|va) {NOT} (?:accepter|envoyer|donner|payer|investir|avoir) (?=I)|\b{WE} {NE}(?:enverrons|enverra|accepterons) aucune? (?=I)"
    ),
    accept=patterns(
        rf"\b{WE} {CAN} {VERY}(?:{ACCEPT}) (?=[^,]*O)|\b{WE} (?:{ACCEPT_NOW}) (?=[^,]*O)",
        rf"O (?:, )?(?:ca |cela |c )?(?:nous |me )?(?:conviendraient|conviendrait|convient|conviennent|va|vont|irait|iraient|est acceptable|serait acceptable|seraient acceptables|sont acceptables|serait bien|nous suffit|nous suffirait|est bon|est ok|est possible|serait possible|est envisageable|ok|c est ok|est jouable|marche){US}",
        r"O , (?:on peut|nous pouvons|on pourrait) (?:l |les |vivre avec|faire avec|accepter)(?:accepter|envisager|faire)?|\bva pour (?=O)|\b(?:accord|ok) pour (?=O)|\bO (?:nous )?va\b",
    ),
    open=patterns(
        rf"\b{WE} {NE}(?:tenons|tient|insistons|insiste) pas (?:a |sur )(?=I)|\bI (?:ne |n )?(?:est|sont|nous importe|nous importent|compte|comptent) (?:pas|peu)(?: si| tres| vraiment)?(?: importante?s?)?(?: pour nous)?$",
        rf"\b{WE} (?:sommes|est|suis|reste|restons|serions|serait|pouvons etre|peut etre|pourrions etre|pourrait etre) {VERY}(?:flexibles?|souples?|ouverts?|arrangeants?|conciliants?)(?: sur| quant| pour| a| concernant)?\b|^(?:ouverts?|flexibles?|souples?) sur\b",
        rf"\b{WE} (?:avons|a|ont) (?:un peu )?(?:marge|marge manoeuvre|souplesse|flexibilite|jeu)(?: sur)?\b|\bil y a (?:un peu )?(?:marge|marge manoeuvre|souplesse)(?: sur)?\b|\bI (?:est|sont) (?:negociables?|discutables?|ouverts?)\b|I , (?:on peut|nous pouvons|ca peut) (?:en )?(?:discuter|parler|bouger|se discuter|se negocier)(?: dessus)?|\b{WE} {CAN} (?:bouger|ceder|discuter|negocier|faire des concessions|faire concessions|parler|transiger)(?: sur)?\b(?=.*I)",
    ),
    rank=patterns(
        rf"\b{WE} (?:accordons|accorde|attachons|attache|donnons|donne) (?:bien |beaucoup )?plus (?:importance |poids |valeur )(?:a |aux |au )?(?P<more>I) (?:qu |que )(?:a |aux |au )?(?P<less>I)|(?P<first>I) avant (?P<second>I)$",
        rf"(?P<more>I) {US}(?:comptent|compte|importe|importent|pesent|pese) {US}{some('bien beaucoup nettement')}plus {US}que (?P<less>I)|(?P<first>I) {US}(?:est|sont) {US}{some('bien beaucoup nettement')}plus (?:importante?s?|cruciale?s?|essentielle?s?|precieuse?s?) {US}que (?P<second>I)",
        rf"\b{WE} (?:tenons|tient|tiens) (?:bien |beaucoup )?plus a (?P<more>I) qu?e? ?a (?P<less>I)|(?P<first>I) (?:passent|passe|vient|viennent|passera) avant (?P<second>I)|\b{WE} (?:mettons|place|placons) (?P<third>I) avant (?P<fourth>I)",
    ),
    rank_less=patterns(
        rf"(?P<less>I) {US}(?:comptent|compte|importe|importent) {US}{some('bien beaucoup nettement')}moins {US}que (?P<more>I)|(?P<second>I) {US}(?:est|sont) {US}{some('bien beaucoup nettement')}moins (?:importante?s?|cruciale?s?|essentielle?s?) {US}que (?P<first>I)",
    ),
    prefer=patterns(
        rf"\b{WE} {VERY}(?:preferons|prefere|prefererions|prefererait|prefererais|aimons mieux|aimerions mieux|aime mieux)(?: avoir| voir)? (?P<more>O) (?:a |plutot que |plutot qu |au |que |qu |et non )(?P<less>O)",
        r"\bplutot (?P<more>O) (?:que |qu )(?P<less>O)|(?P<first>O) plutot (?:que |qu )(?P<second>O)|(?P<third>O) (?:vaut mieux|est mieux|serait mieux|est preferable|nous convient mieux|est meilleure?) (?:que |qu |a )(?P<fourth>O)",
    ),
    prefer_less=(),
    obstacle=patterns(
        rf"\bsur (?:question |point )?[IO] (?:, )?{WE} {NE}(?:pouvons|peut|pourrons|peux|sommes) pas (?:vous )?(?:suivre|accord|accepter|ceder|aller plus loin|bouger)(?: avec vous)?|\b{WE} {NE}(?:pouvons|peut) pas (?:vous )?suivre sur (?:question )?[IO]",
        rf"\b(?:notre |vrai |seul |principal |grand |gros )*{TOLD} (?:pour nous )?(?:, )?(?:c est|ce sont|est|sont|vient|:|reste|concerne)(?: surtout| encore| toujours)? [IO]",
        rf"[IO] (?:(?:, )?c )?(?:est|sont|reste|restent|pose|posent|nous pose|nous posent) (?:encore |toujours |un |notre |vrai |principal |principale |seul |gros )*(?:{TOLD})(?: pour nous)?",
        rf"I (?:est|sont) {VERY}(?:beaucoup |bien )?trop (?:elevee?s?|hauts?|haute|bas|basse|longue?s?|courte?s?|chere?s?|faibles?|eleve|nombreux|peu){US}",
        r"\bI (?:nous )?(?:bloque|bloquent|coince|coincent|gene|genent)(?: nous)?\b|\bca (?:bloque|coince) sur [IO]|\bnous avons (?:gros |vrai )?(?:probleme|souci) avec [IO]",
    ),
    alternative=patterns(
        rf"\b{WE} (?:avons|a|ai) (?:deja |aussi )?(?:plusieurs )?(?:autres?|deuxieme|seconde?|meilleures?) {ELSE}\b|\b{WE} (?:avons|a) (?:deja |aussi )?(?:plan b|solution rechange|alternatives?|quelqu un autre|quelqu autre)\b",
        rf"\bil y a (?:aussi )?(?:autres?|seconde?|meilleures?) {ELSE}\b|\b{WE} (?:parlons|discutons|negocions|discute|parle) (?:aussi )?avec (?:autres|quelqu un autre|autre \w+)\b|\bautres sont interesses\b",
        rf"\b{WE} (?:avons|a) (?:deja |aussi )?autres {ELSE} si (?:ca|cela|ceci) (?:echoue|ne marche pas|rate)\b",
    ),
    trade=patterns(
        r"^(?:(?:et|mais|alors|,) )*si (?:vous|P) (?P<get>(?!voulez|pensez|croyez|demandez|insistez|preferez|refusez).*?)(?:, |alors )*(?:(?:nous|on|je) |vous (?:pouvez|pourriez|aurez|gardez) )(?P<give>(?!laissez|donnez|accordez).*)$",
        r"^(?:(?:et|mais|alors|,) )*si (?:vous|P) (?P<get>nous .*?), (?:nous|on|je|vous) (?P<give>.*)$",
        r"^(?:(?:et|mais|alors|,) )*si (?:nous|on) (?P<give>.*?)(?:, |alors )+(?:pourriez|accepteriez|pouvez)? ?(?:vous|P) (?P<get>.*)$",
        r"^(?:nous|on|je|vous (?:pouvez|pourriez|aurez)) (?P<give>.*?) (?:si|pourvu que|a condition que|en echange|contre|en contrepartie) (?:vous |P )?(?P<get>.*)$",
        r"^(?:en echange|contre|en contrepartie) (?P<get>.*?)(?:, )?(?:nous|on|vous) (?P<give>.*)$",
        r"^vous (?P<get>(?!pouvez|pourriez|aurez|voulez|preferez|dites).*?)(?:, )?et (?:en echange|en retour|en contrepartie) (?:, )?(?:nous|on|vous) (?P<give>.*)$",
        r"^(?:donnez|accordez|laissez|offrez) nous (?P<get>.*?)(?:, )?et (?:nous|on|vous) (?P<give>.*)$",
    ),
    commit=patterns(
        rf"^(?:et |mais |, )*(?:si|s|sitot que|une fois que|quand|lorsque|(?P<unless>a moins que|a moins|sans|faute|sauf si)) (?P<cond>{CONDITION})(?:, |alors )*(?P<act>{ACTION})$",
        rf"^(?:et |mais |, )*(?P<act>{ACTION})(?:seulement |uniquement )?(?:si|s|sitot que|une fois que|(?P<unless>a moins que|a moins|sans|faute|sauf si)) (?P<cond>{CONDITION})$",
        rf"^(?:et |mais |, |soit )*(?P<cond>T (?:est|soit) signee? (?:(?:avant |d ici |en |au )*W )?)(?:, )?(?P<unless>ou|sinon|soit) (?:alors |bien )?(?P<act>{ACTION})$",
        rf"^(?P<cond>signez T (?:avant W )?)(?:, )?et (?P<act>{ACTION})$",
    ),
    leave=re.compile(r"\b(?:quitt\w+|retir\w+|partons(?! sur)|partirons|(?<!notre )(?<!votre )part|partira|partir|partirait|partirions|en (?:va|irons|ira|allons)|nous en allons)\b"),
    sign=re.compile(r"\b(?:signons|signerons|signe|signera|signer)\b"),
    settled=re.compile(r"\b(?:signee?s?|signer|signez|signature|accord|conclue?s?)\b|\b(?:a|avons|ait) (?:pas )?T\b|\bpas T\b"),
)  # fmt: skip
