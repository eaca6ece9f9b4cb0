"""What makes a meaning doubtful, or its contrary: hedges, denials of denials, thresholds, somebody else's wishes, words taken back.

Each pattern is looked for in the words as typed, and in their skeleton; where one is found, moves of its kinds are not read.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from negotiation.moves import Alternative, Ask, Commit, Concede, Move, Obstacle, Prefer, Rank, Refuse, Sketch, Trade
from negotiation.talk.reading.folding import Language, words

HEDGED = (Commit,)
REVERSED = (Refuse,)
LIMITED = (Refuse, Concede, Sketch, Trade)
STIFF = (Concede, Sketch, Prefer)
GIVEN_UP = (Trade,)
SOMEBODY = (Rank, Prefer, Refuse)
TOO_LITTLE = (Refuse, Sketch)
ASKED = (Ask,)
SOUGHT = (Alternative,)
NEVER = (Concede, Sketch, Trade)

Doubt = tuple[re.Pattern[str], tuple[type[Move], ...]]

ENGLISH: Sequence[Doubt] = (
    (re.compile(r"\b(?:look(?:ing)? (?:for|around)|search\w*|seek\w*|hunting)\b"), SOUGHT),
    (re.compile(r"\b(?:when (?:pigs|hell|cows)|freez\w+|dead bod\w+)\b"), NEVER),
    (re.compile(r"\b(?:refuse|decline|unwilling|reluctant)\b"), GIVEN_UP),
    (
        re.compile(
            r"\b(?:refusing|rejecting|declining|dropping|giv(?:e|ing) up(?: on)?|los(?:e|ing)|remov(?:e|ing)|scrap(?:ping)?|abandon(?:ing)?|renounc(?:e|ing)|cut(?:ting)?|cancel(?:ling)?|drop(?! (?:\w+ )?to)|part(?:ing)? with) (?:\w+ ){0,2}O\b"
            r"|\bO (?:\w+ )?(?:fail|upwards?|downwards?|and (?:up|down))\b"
        ),
        REVERSED,
    ),
    (
        re.compile(r"\b(?:little|limited|not much|hardly any|scant) (?:\w+ )?(?:flexibility|room|leeway|margin)\b"),
        STIFF,
    ),
    (
        re.compile(
            r"\b(?:maybe|perhaps|possibly|probably|presumably|likely|might|may|could|potentially|conceivably|i (?:think|guess|suppose|believe))\b"
        ),
        HEDGED,
    ),
    (
        re.compile(
            r"\b(?:anything but|far from|by no means|not exactly|no longer) (?:\w+ )?(?:out of|excluded|ruled|impossible|unacceptable|unthinkable|against|oppos\w+|object|refus\w+|reject\w*)\b"
            r"|\b(?:refuse|reject|decline|not|never|impossible|wrong|no (?:reason|wish|intention|plans?)|out of question) (?:\w+ ){0,4}?(?:rul(?:e|ing) out|veto\w*|stand(?:ing)? in|oppos\w+|object(?:ing)?|exclud\w+|refus\w+|reject\w*|block\w*|say(?:ing)? no|turn(?:ing)? down|declin\w+|without)\b"
            r"|\b(?:idea|notion|suggestion|claim|view|impression) that\b"
            r"|\b(?:not|never) (?:consider|regard|call|find|deem|see|view|declare) O (?:as |to be )?(?:out of|impossible|unacceptable|unthinkable|excluded)\b|\b(?:not|never|no) (?:\w+ ){0,3}?clos\w+ door"
        ),
        REVERSED,
    ),
    (
        re.compile(
            r"\b(?:below|under|above|over|beyond|past|than|exceed\w*|short of|upwards of) (?:about |around )?\d"
            r"|^(?!anything but O ?$).*\b(?:anything|everything|any|all|nothing) (?:\w+ ){0,2}?(?:but|except|save|other than|apart from|besides) (?=.*O)"
            r"|\b(?:from|between) \d[^,]*? (?:to|and|through|up to) \d|\d (?:% |dollars |million |years )?(?:or|and) (?:less|more|below|above|over|under|lower|higher)\b",
            re.MULTILINE,
        ),
        LIMITED,
    ),
    (
        re.compile(
            r"\b(?:hard|hardly|difficult|tough|tricky) (?:\w+ ){0,4}flexib\w+|\b(?:refus\w+|reject\w*|drop(?:ping)?(?! (?:\w+ )?to)|giv\w+ up|renounc\w+|abandon\w*) (?:\w+ ){0,2}O\b|\bto refuse\b"
            r"|^(?:every(?:body|one)|most|some|many) (?:of us )?(?:can|could|would|will|is|are|wants?|likes?|prefers?)\b"
        ),
        STIFF,
    ),
    (
        re.compile(
            r"\b(?:just|only|merely|mere|barely|at minimum) \d|\d(?:\.\d+)? (?:% |dollars |million |years )?(?:alone|only|at minimum|minimum)\b"
        ),
        TOO_LITTLE,
    ),
    (
        re.compile(
            r"\bif you (?:\w+ )?(?:drop(?! (?:\w+ )?to)|give up|abandon|renounce|forgo|waive|withdraw|scrap|skip|remove|do without|stop|forget|leave out|lose|cancel|relinquish|sacrifice|surrender|let go of|part with) (?:\w+ ){0,2}O\b"
        ),
        GIVEN_UP,
    ),
    (
        re.compile(
            r"\b(?:to|for|with) (?:(?:all|both|most|many|each|some|any) (?:of )?(?:you|us|them|parties|people|sides)|you|P|every(?:body|one)|all(?! (?:due |my |our )?respect)|both|them|him|her|(?:other|your) (?:side|party|parties|people|team)|others|people|any(?:body|one))\b|\byour (?:eyes|view|side)\b|\bas (?:you|P) sees?\b|\b(?:you|they|P) (?:say|said|think|thought|believe|claim)s?\b"
        ),
        SOMEBODY,
    ),
)

FRENCH: Sequence[Doubt] = (
    (re.compile(r"\b(?:cherch|recherch)\w+"), SOUGHT),
    (re.compile(r"\bpoules\b"), NEVER),
    (re.compile(r"\brefus\w+"), GIVEN_UP),
    (re.compile(r"\b(?:ne|n) (?:\w+ ){1,3}?plus\b(?! (?:que|qu)\b)"), (*STIFF, Trade, Commit)),
    (
        re.compile(
            r"(?<!devons )(?<!dois )\b(?:refuser|rejeter|ecarter|exclure|renonc\w+|abandonner\w*|supprimer\w*|perdre\w*|perdrons|retirer\w*|enlever\w*|sacrifi\w+|lacher\w*) (?:\w+ ){0,3}O\b|\bdifficile a refuser\b"
        ),
        (*REVERSED, Obstacle),
    ),
    (re.compile(r"\b(?:peu|guere|pas beaucoup) (?:\w+ )?(?:marge|souplesse|flexibilite|flexibles?|latitude)\b"), STIFF),
    (
        re.compile(
            r"\b(?:comptent?|importent?|tenez|vaut|valent) (?:\w+ )*?(?:plus|moins|autant|davantage) (?:\w+ )*?(?:que?|aux?) "
        ),
        ASKED,
    ),
    (
        re.compile(r"\b(?:seulement|juste|rien que) \d|\d (?:% |ans |millions |dollars )?(?:seulement|minimum)\b"),
        TOO_LITTLE,
    ),
    (
        re.compile(
            r"\b(?:peut ?etre|sans doute|probablement|possiblement|eventuellement|potentiellement|pourrions|pourrait|pourrais|il se peut)\b"
        ),
        HEDGED,
    ),
    (
        re.compile(
            r"\b(?:est|sont|serait|sera) (?:plus|nullement|aucunement|guere|en rien|pas tout) (?:hors|exclu\w*|impossibles?|inacceptables?|impensables?)\b|\bloin etre\b"
            r"|\b(?:refus\w+|impossible|pas|plus|jamais|aucunement|nullement|hors question|exclu|aucune raison) (?:\w+ ){0,4}?(?:exclu\w*|refus\w+|rejeter|oppos\w+|ecarter|bloquer|dire non|(?:nous|me|se) passer|objections?|veto|interdire)\b"
            r"|\b(?:aucune|sans|pas|plus) objections?\b|\b(?:saurions|ne (?:pouvons|peut|peux|pourrons|pourrions|voulons)) (?:pas )?(?:nous|me|se) (?:en )?passer\b|\bidee (?:que|selon)\b"
            r"|\b(?:oppos|refus|exclu|rejet|ecart|bloqu|interdi)\w* (?:pas|plus|jamais|nullement|aucunement|guere)\b|\b(?:pas|jamais) (?:fermer )?porte\b"
        ),
        REVERSED,
    ),
    (
        re.compile(
            r"(?<!% )(?<!ans )(?<!millions )(?<!dollars )(?<!euros )\b(?:plus|moins|sous|dessous|dessus|dela|superieure?s? a|inferieure?s? a|depass\w+|excede\w*) \d"
            r"|^(?!tout sauf O ?$).*\b(?:tout|tous|toutes|rien|n importe quoi) (?:\w+ )?(?:sauf|hormis|excepte|a part|autre que)\b(?=.*O)|\bentre \d[^,]*? et \d|\d (?:% )?a \d|\d (?:% |ans |millions |dollars )?(?:ou|et) (?:plus|moins)\b",
            re.MULTILINE,
        ),
        LIMITED,
    ),
    (
        re.compile(
            r"\bsi vous (?:\w+ )?(?:renonc\w+|abandonn\w+|laissez tomber|retir\w+|supprim\w+|oubli\w+|sacrifi\w+|lach\w+|cedez|arret\w+|annul\w+|enlev\w+) (?:\w+ ){0,2}O\b"
        ),
        GIVEN_UP,
    ),
    (
        re.compile(
            r"\b(?:pour|a|aux|au|chez) (?:vous|P|tous|toutes|tout monde|chacun|eux|lui|elle|elles|leurs?|autres|autre (?:cote|partie)|gens)\b|\b(?:vous|leur) (?:importe|importent|tien\w+)\b|\bvos yeux\b"
        ),
        SOMEBODY,
    ),
)

OTHERS = "P|御社|貴社|あなた|あなた方|あなたがた|皆さん|皆様|皆|みんな|みな|そちら|先方|彼ら|彼|全員|誰|両社|双方|相手|他社|各社"

JAPANESE: Sequence[Doubt] = (
    (re.compile(rf"探し|探す|求めて|(?:{OTHERS})(?:さん|様|側|社)*に(?:は|も)"), SOUGHT),
    (re.compile(r"断(?:り|って|る)|拒否|拒絶"), GIVEN_UP),
    (
        re.compile(
            r"(?:拒否|拒絶|反対|否定|除外|排除|却下|拒|断|外|やめ|諦め|あきらめ|手放|失|なく|廃止|撤回|削除|放棄|捨て)(?:する|す|む|う|る)?(?:の|こと|なんて|など)?(?:は|が|も)(?:絶対に)?(?:無理|論外|不可能|受け入れ|でき|あり|認め|だめ|ダメ|駄目)"
        ),
        REVERSED,
    ),
    (re.compile(r"\d(?:%|ドル|億円|年)?(?:だけ|のみ|しか|ばかり)"), TOO_LITTLE),
    (
        re.compile(
            r"たぶん|多分|と(?:思|考え)|かもしれ|かも知れ|おそらく|恐らく|もしかし|もしかする|ひょっと|可能性|(?:よね|ますね|るね|でしょうね?|だろう)[。、?]?$",
            re.MULTILINE,
        ),
        HEDGED,
    ),
    (
        re.compile(
            r"(?:反対|拒否|排除|否定|拒絶|除外|却下)(?:は|も|を|する(?:つもり|気|理由|わけ)(?:は|が|も)?)?(?:し(?:ません|ない)|いたしません|致しません|では|じゃ|でき(?:ません|ない)|(?:あり)?ません|ない)"
            r"|(?:で|が|も)?ないと(?:困|だめ|ダメ|駄目|無理|いけ|話|受け入れ|やって)|O(?:なく(?:て|し)|がなく|なし(?:で|に|の)|抜き|(?:の|が)ない)|断(?:り|れ|る).{0,6}(?:ません|ない)|(?:論外|無理|不可能|問題外)(?:では|じゃ|とは|でも)"
        ),
        REVERSED,
    ),
    (
        re.compile(
            r"以外|\d(?:%|ドル|億|億円|百万|万|年|ユーロ|百万ドル|百万ユーロ)?(?:未満|以下|以上|よりも?(?:下|上|低|高|少|多|大|小|安|長|短)|を(?:下回|上回|超え|越え|切)|超)|\d%?(?:から|~|〜|ないし)\d"
        ),
        LIMITED,
    ),
    (
        re.compile(
            r"柔軟[^、。]{0,14}(?:ません|ない|難し|むずか|厳し|無理|困難)|(?:じゃ|では|で)なくて|O(?:は|なら|も)(?:もう)?結構|(?<!\w)どうかと思|Oはどうか(?:な|と)"
        ),
        STIFF,
    ),
    (
        re.compile(r"O(?:を|は)?(?:諦め|あきらめ|やめ|止め|放棄|取り下げ|断念|手放|撤回|なくし|外し|除い|捨て)"),
        GIVEN_UP,
    ),
    (
        re.compile(rf"(?:{OTHERS})(?:たち|方|がた|さん|様|側|社)*(?:に(?:とって|は|と|も)|からすれば|としては)"),
        SOMEBODY,
    ),
)

DOUBTS: Mapping[Language, Sequence[Doubt]] = {"en": ENGLISH, "fr": FRENCH, "ja": JAPANESE}

TAKEN_BACK: Mapping[Language, re.Pattern[str]] = {
    "en": re.compile(
        r"^(?!no joke)(?:(?:no|or|oh|well|actually|wait|sorry|oops|hm|hmm|ok|okay|hmm|but|and|then|again|just|only|really|i am|we are|i was|we were|it is|it was|that is|that was|let us|please|,) )*"
        r"(?:on second thoughts?|(?:not|no|or not|false|wrong|mistake|my mistake|correction|error|ha|hm|lol)(?: [,:?]| that is wrong)* (?:$|\w+ (?:does|did|is|will)\b)|not true|wrong|(?:at least )?that is what they|(?:\w+ ){1,2}(?:threat|promise|words?|line) , not ours|do not (?:take|believe) (?:that|it|this|me|us)|(?:please )?(?:ignore|disregard|forget|delete) (?:my|our) (?:last|previous)|(?:maybe|perhaps|possibly) $|correction|my mistake|haha\w*|lol|(?:(?:that|it|this|all) )?depends|(?:we|i) (?:will|shall) see|(?:it|that) is not (?:$|true|right|so)|is (?:it|that) |\w+ (?:said|says|thinks) so|forget (?:(?:about )?(?:that|it|this)|what (?:i|we))|(?:(?:i|we|let me|will|can|have to|must) )*(?:take|taking) (?:that|it|this|all) back|take back|(?:maybe|perhaps|probably) not|not really|not at all|not serious"
        r"|kidding|joking|joke|(?:scratch|strike|disregard|ignore|delete|cancel) (?:that|this|it|last|what)|never mind|nevermind|(?:i|we) (?:did|do) not mean (?:that|it|this)|(?:quite |very )?opposite|(?:on |quite )?contrary"
        r"|(?:(?:i|we) )?(?:withdraw|retract) (?:that|it|this|what)|(?:(?:i|we) )?changed (?:my|our) minds?|(?:talking|speaking) (?:of|about) |(?:i |we )?misspoke|let (?:me|us) rephrase|(?:thinking|thought) (?:aloud|out loud)"
        r"|(?:no|wait|hold on)(?: ,| \?)* $|(?:we|i) (?:do|will|would|can|are|am) not $|(?:do|will|would) (?:we|i) (?:\? )?$|what (?!we |i |you |do |did |does |would |will |can |could |is |are )\w+ (?:\w+ )?(?:says?|said|thinks?|wants?|claims?) )"
    ),
    "fr": re.compile(
        r"^(?:(?:non|ou|oh|ah|enfin|en fait|bon|bref|desole|pardon|mais|et|finalement|alors|tout|plutot|c est|c etait|ce n est que|,) )*"
        r"(?:(?:oubliez|oublions|oublie|annulez|annulons|ignorez|ignorons|laissez tomber|laissons tomber) (?:ca|cela|tout|ce que|$)|(?:(?:je|nous|on) )?(?:plaisant\w+|rigol\w+|blagu\w+)|pour rire|(?:je|nous|on) (?:retir\w+|repren\w+) (?:ca|cela|ce que|mes|nos|tout)"
        r"|peut ?etre pas|pas vraiment|pas $|pas vrai|(?:je me|nous nous) (?:suis|sommes) tromp|peut ?etre $|ne (?:le|la|l)? ?(?:prenez|croyez) pas|(?:ce )?n est pas (?:vrai|exact|juste)|faux|erreur|haha\w*|mdr|lol|(?:on verra|nous verrons)|(?:(?:ca|cela) )?depend|pas tout|au contraire|ne tenez pas compte|(?:je|nous) (?:n|ne) (?:\w+ )?pas serieux|(?:je|nous) (?:ai|avons) change avis|(?:je|nous) (?:parle|parlais|parlons|parlions) "
        r"|(?:non|attendez)(?: ,)* $|ce que (?:dit|disent|disait|pense|pensent|veut|veulent) )"
    ),
    "ja": re.compile(
        r"^(?:いや|いえ|いいえ|やはり|やっぱり|すみません|失礼|という?のは|あ|ごめんなさい|申し訳ありません|、|[今さ先](?:っき)?の(?:は|話は|発言は|ことは)?|それは|これは|全部|もちろん|もう|前言(?:は|を)?|発言を)*"
        r"(?:忘れて|冗談(?!じゃ|では|でしょ|を|抜き)|撤回|取り消|取消|なかったことに|嘘|うそ|違います|違う|間違|やめて?おき|やめにし|気が変わり|聞かなかった|そんなことはありません|逆です|言い間違|気にしないで|本気にし|真に受け|(?:しません|いいえ|いや|いえ)$|場合により|状況次第|状況により|未定|わかりません|分かりません|なーん|はは|本当ではありません|なんてね|なんちゃって|やめます|待って|ちょっと待)|^[^、。]{1,15}の(?:話|こと|場合)です"
    ),
}
"""A sentence that takes the one before it back, or says that it was about somebody else."""

LONGEST_AMENDS = 80
"""Characters of such a sentence."""


def undoubted(moves: Sequence[Move], typed: str, skeleton: str, language: Language) -> Sequence[Move]:
    """Return the moves of a sentence; none of them if one is doubtful."""
    text = f"{typed}\n{skeleton}"
    for pattern, kinds in DOUBTS[language]:
        if any(isinstance(move, kinds) for move in moves) and pattern.search(text):
            return ()
    return moves


def takes_back(text: str, language: Language) -> bool:
    """Return whether a sentence takes back what was said just before."""
    gap = "" if language == "ja" else " "
    return TAKEN_BACK[language].search(gap.join([*words(text[:LONGEST_AMENDS], language), ""])) is not None
