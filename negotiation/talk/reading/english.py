"""How English speakers say each kind of move."""

from __future__ import annotations

import re

from negotiation.talk.reading.cues import Cues, between, one_of, patterns, some, word_of

VERY = some(
    "completely totally simply just absolutely way still clearly really also far quite so honestly definitely now"
)
WILL = r"(?:we|i|us) (?:guys )?(?:will |can |could |would |do |shall |are |is |am |did )*" + VERY
ACCEPT = one_of(
    "accept|agree to|agree on|take|live with|go for|go with|go along with|settle for|do|manage|go down to|go up to|come down to|go as low as|go as high as|agree with|be ok with|be okay with|be fine with|be happy with|sign up to|tolerate"
    "|consider|imagine|stomach|swallow|support|buy"
)
DO = one_of(
    f"{ACCEPT}|send|give|pay|invest|let you|allow you|allow|put in|offer|want|have|do|provide|sell|share|grant|sign"
)
US = r"(?:(?:to|for|with|by|in) (?:us|me|our (?:eyes|view|side)) )?"
TOLD = word_of("problem problems obstacle obstacles issue difficulty concern worry trouble blocker dealbreaker")
STUCK = rf"(?:{some('main our real biggest big only key one my')}(?:{TOLD}|sticking point|stumbling block|deal breaker|point where we differ) )"
ELSE = word_of("partner partners offer offers option options customer customers bidder bidders investor investors vendor vendors supplier"
              " suppliers carmaker carmakers buyer buyers candidate candidates alternative alternatives provider providers proposal bid bids")  # fmt: skip
OTHER = r"(?:other|another|different|alternative|2nd|second|better|further|several other|plenty of other|some other)"
YOU = r"(?:you(?: guys| all| people)?)"
OUR = r"(?:with|about|in|on) (?:our|this|my|latest|last|current) ?(?:last |latest |current )?(?:offer|proposal|deal|package|terms|idea|T)?"
WHAT = r"(?:what|which (?:point|issue|thing|points|issues))"
SETTLED = word_of(
    "sign signs signed signing deal agreement contract signature agree agreed reached done closed concluded sealed T"
)
CONDITION = between("we you this that it there is are be been gets get have has had do does not no on at with together by before W until in T table all everybody"
                    " any still yet within end of P our your come comes to , latest sign signed", SETTLED)  # fmt: skip
ACTION = "(?:then )?(?:we|i) " + some("will shall are am is going to just simply walk walks away leave leaves leaving quit out gone walking from T table sign signs signing go goes"
              " with P deal agreement contract also too as well and instead negotiations talks for good this it , immediately straight off here")  # fmt: skip

ENGLISH = Cues(
    hearsay=re.compile(
        r"\b(?:said|says|(?:he|she|they|P|who|(?<!you )people|everybody|somebody) (?:say|think|believe|claim|want|refuse|reject)s?|told|claims?|claimed|press"
        r"|newspapers?|rumou?rs?|heard|wonder|wonders|wondering|wondered|according to|allegedly|apparently|supposedly|reportedly|if only"
        r"|as if|oh sure|yeah right|sure ,|(?:would|could|should|might) have|never said|not (?:true|saying|say|mean|sure|certain)|kidding|joking|joke|forget|lol"
        r"|who knows|might|may|remember|ago|last (?:year|week|round|time)|thought|used to|dream|doubt|i guess|(?:had|have) (?:known|been)|in \d{4}"
        r"|do not (?:think|believe|worry)|nobody|someone said|are you (?:saying|serious)|you (?:mean|believe|really think)|if we were|for free|yesterday|pony|haha\w*"
        r"|hope|hopefully|wish|whether|great idea|wonderful|brilliant|how nice|what joke|did not|was not|were not|were|was)\b"
    ),
    flat=re.compile(r"^(?:(?:sorry|well|no|,) )*(?:no|never|no way|not chance|not at all|forget it|impossible|out of question|absolutely not|no chance|not possible|unacceptable|never ever|certainly not|no thanks|no thank you|not for us|not in million years)(?: (?:ever|sorry|never|for us|period))*$"),
    negation=re.compile(r"\b(?:not|no|never|none|nothing|neither|nor|without|hardly|nowhere|skip|cancel|avoid|renounce|give up|abandon|scrap|stop|forgo)\b"),
    denial=re.compile(r"\b(?:not|no|never|nothing|without|nobody)\b"),
    condition=re.compile(r"\b(?:if|unless|provided|otherwise|until|except|as long as|only|depends|depending|in case|than|rather|instead|over (?=[OI])|worse|better|once|as soon as|even though|although|is most|most we|maximum|limit|at most|at least|more)\b"),
    others=re.compile(r"(?:^|, )(?:and |but |so )?(?:you|he|she|they|it|P) |\b(?:to|for) you\b|\byour (?:boss|problem|priority)\b|\bP (?:is|has|will|can|does|do|would|wants?|needs?|prefers?)\b"),
    filler=re.compile(
        r"\b(?:and|or|for|with|at|in|on|to|of|from|by|here|there|now|then|so|but|please|exactly|really|actually|plus|deal|table|talks|negotiation|negotiations"
        r"|today|most|you|guys|us|me|we|our|your|this|that|these|all|side|over|per|year|car|round|ok|well|hey|tell|just|say|dear|seriously|honestly|frankly|maybe|perhaps|everyone|sign|signing|offer"
        r"|proposal|about|is|it|be|as|deal|first|package|latest|last|instead|also|lined|up|waiting|somewhere|any|one|side|know|like|want|would|i|can|could|too|total|together|sound|sounds|enough|get|out|deal|ever|willing|able|go|ready)\b|[,;:?]"
    ),
    clauses=re.compile(r"(?:, )?\b(?:but|however|while|whereas|and (?=(?:we|i|on) )|so (?=we ))\b ?|; |(?<!\bon I )(?<!\bfor I )(?<!O ), (?=(?:we|i|on|and) )"),
    discard=re.compile(r"\b(?:off|drop(?! to)\w*|forget\w*|withdraw\w*|remov\w*|rid|back|delet\w*|know|understand\w*|discuss\w*|think\w*|talk\w*|hear|explain\w*|reconsider\w*|postpon\w*|later|serious|what|how|why|who|when|where|about|against)\b"),
    joints=re.compile(r"\b(?:and|plus)\b|,"),
    asks=re.compile(r"^(?:(?:and|so|but|ok|well|hi|hello|P|,) )*(?:what|why|how|which|who|could|would|can|will|do|does|are|is|have|where|when|did|should)\b"),
    we="we",
    you="you",
    whom=patterns(
        r"^(?:(?:hello|hi|hey|dear|thanks|thank you|so|ok|and|but|well|look|sorry|,|:) )*(?P<who>P) (?:, |: |(?=(?:would|could|can|will|do|are) you\b|what |why |how |if you |give us ))",
        r"^(?:hello|hi|hey|dear|thanks|thank you|sorry) (?P<who>P) ",
        r"(?:, |you )(?P<who>P) (?=[,?] |$)",
    ),
    subject=patterns(
        r"\b(?:would|could|can|does|will|do|is|are) (?P<who>P) (?=[a-z])",
        r"\b(?:important|matters?|most|essential|crucial|takes? for|it take for) (?:to |for )?(?P<who>P) ",
    ),
    courtesy={
        "greeting": re.compile(r"^(?:hello|hi|greetings|good (?:morning|afternoon|evening|day)|dear all|welcome)\b(?: (?:all|everyone|everybody|there|together|again|team|P))*|\bnice to meet you\b|\bgood to see you\b|\bpleased to meet you\b"),
        "thanks": re.compile(r"(?<!no )\b(?:thanks|thank you|thx|cheers|much appreciated|appreciate (?:it|that|your \w+)|grateful)(?! to\b| for nothing\b)\b"),
        "regret": re.compile(r"(?<!not )(?<!no )\b(?:sorry|unfortunately|regrettably|we regret|i regret|(?:my |our )?apologies|apologi[sz]e|pity|i am afraid|we are afraid)\b"),
        "hurry": re.compile(
            r"(?<!no )(?<!not )\b(?:hurry(?: up)?|time is (?:running out|short|pressing|almost up|nearly up)|running out of time|time presses|deadline is (?:near|close|approaching|coming|looming)|move (?:fast|faster|quickly)"
            r"|be quick|asap|clock is ticking|no time to lose|speed (?:this |things )?up|before it is too late|time flies|(?:do not have|have not got|have not) (?:much|lot of) time|little time left)\b"
        ),
    },
    priority=patterns(
        r"\b(?:tell|let) (?:us|me) (?:know )?(?:what|which points?|which issues?) (?:you (?:really |most )?(?:need|want|care about|look for|hope for)(?: most| more)?|(?:really )?(?:matters?|counts?)(?: most)?(?: (?:to|for) you)?|is (?:most |really )?important(?: (?:to|for) you)?|your (?:priorities|needs) are)\b",
        r"\bwhat (?:do|would|are) you (?:really )?(?:hope|hoping|want|like|trying|try|need|expect|expecting) to (?:get|achieve|gain|obtain)(?: out)?(?: of| from)?\b|\bwhat do you expect (?:from|of)\b|\bwhat do you care (?:most )?about(?: most)?\b|\bwhat (?:is|are) you (?:most )?interested in\b|\bwhat interests you(?: most)?\b",
        rf"\bwhat (?:do|does|would|is it that|are) {YOU} {VERY}(?:most )?(?:need|needs|want|wants|care about|value|looking for|look for|hope for|hoping for|after)(?: most| out of| to get| to see)?\b",
        rf"\b{WHAT} (?:is|are) {VERY}(?:most |your )?(?:top |main |first |biggest |highest |number one |real |most important )?(?:issue for you|most important issue|important issue|important point|important concern|priority|priorities|interests?|needs?|goals?)\b",
        rf"\b{WHAT} {VERY}(?:matters?|counts?)(?: most| more| really)*(?: (?:to|for) {YOU})?\b",
        rf"\b{WHAT} (?:is|are|would be) {VERY}(?:most |more |very )?(?:important|crucial|essential|vital)(?: thing)?(?: (?:to|for) {YOU})?\b",
        rf"\bwhat would it take for {YOU} to (?:agree|sign)\b|\bwhere (?:are|do) your priorities(?: lie)?\b|\byour (?:top |main )?priorit(?:y|ies) (?=\? )",
        rf"\bwhat (?:are|is) {YOU} (?:really )?(?:after|looking for|hoping for)\b",
    ),
    obstacle_asked=patterns(
        r"\b(?:why|how come) (?:did )?you (?:have )?(?:rejected|refused|reject|refuse|turned down|turn down|declined|decline)(?: to sign| it| that| (?:our|this|my|that) (?:last |latest )?(?:offer|proposal|deal|package))?\b|\bwhat (?:exactly |is it )?(?:do not you|do you not|you do not) like(?: about (?:our|this|my) (?:offer|proposal|deal))?\b",
        r"\bwhat (?:is|are) your (?:problem|problems|objections?|concerns?|issue|reservations?)(?: (?:with|to|about|against) (?:our|this|my) (?:last |latest )?(?:offer|proposal|deal|package))?(?= T| at| on| with| here| \?| ?$)|\bwh(?:at|ich) part of (?:our|this|my) (?:offer|proposal|deal) (?:is|are) (?:problem|wrong|unacceptable|difficult)(?: for you)?\b|\bwhy is (?:our|this|my) (?:offer|proposal|deal) (?:not (?:good enough|acceptable|enough)|unacceptable|bad)\b",
        rf"\bwhat is (?:it that is )?{VERY}(?:wrong|problem|matter|issue|obstacle|sticking point|difficulty|in way)(?: {OUR})?\b",
        rf"\bwhat (?:is|are) (?:holding {YOU} back|stopping {YOU}|blocking {YOU}|keeping {YOU}|preventing {YOU}|bothering {YOU})\b",
        rf"\bwhy (?:will|do|did|can|would|are|is|could|have|does) {YOU} not (?:want to |going to |willing to |ready to )?(?:sign|agree|accept|signed|agreed|signing|like)\b",
        rf"\bwhy (?:will|do|did|can|would|are|is|could|have|does) not {YOU} (?:want to )?(?:sign|agree|accept|signed|agreed|signing|like)\b",
        rf"\bwhy do {YOU} (?:refuse|reject|hesitate)\b|\bwhat bothers {YOU}\b|\bwhat do {YOU} not like\b|\bwhat do {YOU} have against (?:our|this|that) (?:offer|proposal|deal)\b",
        rf"\bwhat (?:stops|keeps|prevents|holds|blocks|bothers) {YOU}(?: back)?\b|\bwhy not sign\b|\bwhere is (?:problem|issue)\b|\bwhat (?:should|must|would) we (?:change|need to change)\b",
    ),
    alternative_asked=patterns(
        r"\bare you (?:also |already )?in (?:talks|contact|negotiations|discussions) with (?:anybody|anyone|someone|somebody) else\b|\bwho else (?:are you (?:talking|speaking|negotiating) (?:to|with)|do you have|could you (?:work|sign) with)\b|\bhave you got alternatives?\b|\bany other (?:offers|partners|bidders)\b",
        rf"\b(?:do|does|have) {YOU} (?:also |already |really )?(?:have |got )?(?:any |got any |got )?{OTHER} {ELSE}\b",
        rf"\b(?:do|does) {YOU} have (?:any )?(?:alternatives?|plan b|backup|fallback)\b|\bwhat (?:is|are) your (?:best )?(?:alternatives?|plan b|batna|fallback)\b",
        r"\bis there (?:anybody|anyone|someone|somebody) else\b(?: you are talking to)?|\bare you (?:also )?(?:talking|speaking|negotiating) (?:to|with) (?:anybody|anyone|someone|somebody|any) (?:else|others?)\b",
    ),
    option_asked=patterns(
        rf"\b(?:could|would|can|will|do|might) {YOU} (?:ever |even |perhaps |be (?:willing|ready|prepared|able|open) to |consider |possibly |be )?(?:{ACCEPT}|ok with|okay with|fine with|do|manage|offer|imagine|give us|pay|agree with|drop to|lower it to|sell for) (?=[^,]*O)",
        rf"\bhow (?:would|do) {YOU} (?:feel|think) (?:about )?(?=[^,]*O)|\bwhat do {YOU} think (?:of |about )?(?=[^,]*O)",
        rf"\b(?:are|is) {YOU} (?:ok|okay|fine|open|happy|comfortable|cool) (?:with|to|about) (?=[^,]*O)",
        rf"\b(?:would|could|is|are) O (?:be )?(?:work|ok|okay|fine|acceptable|possible|suit|do|alright|enough|sufficient|good enough|of interest|feasible|thinkable)(?: (?:for|to) {YOU}| {YOU})?\b",
        rf"\b(?:would|could) {YOU} (?:be )?(?:ok|okay|happy|fine|open) (?:with|to) (?=[^,]*O)",
    ),
    sketch_asked=patterns(
        r"\b(?:what if|how about|what about|what would you say to|what do you say to|why not|shall we say|could we (?:do|agree on|say|settle on)|can we (?:do|agree on|say|settle on)|shall we (?:do|go for|agree on)|suppose|supposing|(?:maybe|perhaps) we (?:could|can) (?:do|say|agree on|take|try)|let us imagine|how does|here is (?:idea|proposal|offer|suggestion|our proposal|our offer)|idea :)\b"
    ),
    sketch=patterns(
        r"\b(?:we|i) (?:would like to |want to |can |could |will |would |hereby |now |therefore )?(?:propose|offer|suggest|ask for|want|need|would like|put forward|are asking for|demand|aim for)\b",
        r"\blet us (?:say|do|take|go for|go with|agree on|try|settle on|settle for|make it|have)\b",
        r"\b(?:our|my|new|counter) (?:counter ?|new )?(?:offer|proposal|suggestion|counteroffer|bid)(?: is)?\b",
    ),
    refuse=patterns(
        rf"O (?:and O |, O |or O )*(?:for us |in ampere |it )?(?:is|are|would be|remains?|stays?|) ?{VERY}(?:out of question|off table|unacceptable|no go|nogo|red line|not acceptable|impossible|not an option"
        rf"|not option|non starter|not possible|excluded|ruled out|deal breaker|dealbreaker|not going to happen|not on|not negotiable){US}",
        rf"{WILL}(?:not|never|under no circumstances|in no case|not under any circumstances) (?:ever |be able to |going to |willing to |ready to |prepared to |possibly |in position to |want to |able to |in any case )*{DO} ",
        rf"\b(?:we|i|P) (?:will |must |have to )?{VERY}(?:refuse|reject|rule out|exclude|say no to) (?:to (?:accept|take|sign|agree to|consider|go to) )?(?:any )?(?=O)",
        r"\b(?:no way|never|no chance|under no circumstances)(?: will| do| would| can)? (?:we|i|on|to|for|will) (?:\w+ )?(?=.{0,40}O)",
        rf"^(?:sorry , )?{VERY}no O (?:, )?(?:ever |never |period |please |and that is final |full stop |no way )*$|^O (?:\? |, )?(?:(?:sorry|well|,) )*(?:no way|never|no chance|forget it|impossible|not chance|no(?= ,? ?$)|out of question|absolutely not|not possible|unacceptable|certainly not|not for us|not at all)\b(?: ever| never| way| sorry)*",
    ),
    refuse_issue=patterns(
        rf"{WILL}(?:not|never) (?:ever |be able to |going to |willing to |ready to |prepared to |possibly |able to )*(?:accept|agree to|send|give|pay|invest|offer|provide|allow|tolerate|have|want) (?:you |any |our )*(?=I)"
    ),
    accept=patterns(
        rf"{WILL}(?:certainly |well |probably |perhaps |maybe |be (?:willing|ready|prepared|happy|able) to |willing to |ready to |prepared to |happy to |able to |also )*{ACCEPT} (?:either )?",
        rf"O (?:is|are|would be|looks?|seems?|sounds?) ?{VERY}(?:fine|ok|okay|acceptable|good|alright|all right|bearable|possible|no problem|perfectly fine|doable|fine enough|enough for us|for us)\b(?: {US})?|\bO (?:would |could )?(?:work|works|suit|suits)\b(?: us\b| {US})?",
        r"\b(?:we|i) (?:have|see|would have) (?:no|nothing) (?:problem with|objection to|objections to|against|issue with|objection against) O|\b(?:we|i) (?:do|would) not (?:mind|object to) O|\b(?:fine|ok|okay) (?:with|for) O|\b(?:we|i) (?:are|am|would be) (?:happy|willing|ready|prepared|able) to (?=O)|\bO it is\b|^ok (?:for )?O",
    ),
    open=patterns(
        rf"\b(?:we|i|P) (?:are|am|is|remain|stay|would be|can be) {VERY}(?:flexible|open|easy|relaxed|not fixed|open minded)(?: on| about| to| with| as to| when it comes to| regarding)?\b|^flexible on\b|^open on\b",
        r"\b(?:we|i) (?:do|would) not (?:insist on|mind about|mind|feel strongly about|care (?:much |so much |lot )?about) (?=I)|\bI (?:is|are) not (?:so |very |that |really )?(?:important|essential|crucial|critical)(?: (?:to|for) us)?|\b(?:we|i) (?:are|am) not (?:fixed|set|dogmatic|stubborn) on (?=I)",
        r"\b(?:there is|we have|we see|there might be) (?:some |bit of |a little |little )?(?:room|flexibility|leeway|margin|room for manoeuvre|room to move|wiggle room)(?: on| in| for)?\b",
        r"\bwe (?:can|could|are ready to|are willing to) (?:move|talk|be flexible|give way|make concessions|give ground|discuss|negotiate|meet you)(?: on| about)? (?=.{0,20}I)|\bI (?:is|are) (?:negotiable|open to discussion|up for discussion|flexible|no issue)\b",
    ),
    rank=patterns(
        rf"(?P<more>I) {US}{VERY}(?:matters?|is|are|counts?|weighs?|means?) {US}{some('far much way even lot clearly still a')}more (?:important |valuable |crucial |relevant |essential )?{US}than (?P<less>I)(?: does| do| is)? {US}",
        rf"\b(?:we|i) {VERY}(?:care|worry) {some('far much lot')}more about (?P<more>I) than (?:about )?(?P<less>I)",
        rf"\b(?:we|i) (?:attach|give) (?:far |much |lot )?(?:more|greater) (?:importance|weight|value) to (?P<more>I) than (?:to )?(?P<less>I)|(?P<first>I) (?:is|are) {US}(?:worth|matters?) more {US}than (?P<second>I)",
        r"\bmore (?:important|valuable|crucial) (?:to us |for us )?than (?P<less>I) (?:is|are) (?P<more>I)|(?P<first>I) first , then (?P<second>I)",
        r"\b(?:we|i) (?:value|need|want) (?P<more>I) more than (?P<less>I)|\b(?:we|i) (?:put|rank|place) (?P<first>I) (?:before|above|ahead of|over) (?P<second>I)",
        rf"(?P<more>I) {US}(?:comes?|goes?) (?:first , )?(?:before|ahead of) (?P<less>I)|(?P<first>I) (?:has|have|takes?) (?:priority|precedence) over (?P<second>I)",
        rf"(?P<more>I) {US}(?:matters?|is|are) {US}(?:more than|worth more than|worth more {US}than) (?P<less>I)",
    ),
    rank_less=patterns(
        rf"(?P<less>I) (?:is|are) not (?:as|so) (?:important|valuable|crucial) {US}as (?P<more>I)",
        rf"(?P<less>I) {US}{VERY}(?:matters?|is|are|counts?|weighs?) {US}{some('far much way even lot')}less (?:important |crucial )?{US}than (?P<more>I)",
        rf"\b(?:we|i) (?:care|worry) {some('far much lot')}less about (?P<less>I) than (?:about )?(?P<more>I)",
    ),
    prefer=patterns(
        rf"\b(?:we|i|P) {VERY}(?:much )?(?:would )?(?:prefer|prefers|would rather|rather) (?:to )?{some('have see take buy go for do be split get it that you technology costs send')}(?P<more>O)(?: {some('to over than rather instead of and not')})(?P<less>O)",
        r"^(?:rather )?(?P<more>O) (?:rather than|instead of) (?P<less>O)|(?P<first>O) (?:is|are|would be|suits us|works) (?:much |far |lot )*better (?:for us )?than (?P<second>O)",
        r"\b(?:we|i) (?:would )?(?:like|favour|favor|want) (?P<more>O) (?:better than|more than|over|rather than) (?P<less>O)",
    ),
    prefer_less=patterns(rf"(?P<less>O) (?:is|are|would be) (?:much |far |lot )*worse {US}than (?P<more>O)"),
    obstacle=patterns(
        r"\bon (?:question of |matter of |point of )?[IO] (?:, )?(?:we|i) (?:can|will|do|could|are) not (?:able to )?(?:follow|agree|accept|go along|move|give in|give way)(?: with)?(?: you)?(?: there)?",
        r"\b(?:we|i) (?:can|could|will|do) not (?:follow you|agree|agree with you|go along|go along with you|move|give in) on (?:question of )?[IO]",
        rf"\b{STUCK}(?:for us |here |with (?:your|this) (?:offer|proposal) )?(?:is|are|remains?|:|lies in|comes from|with) (?:still )?[IO]",
        r"[IO] (?:is|are) where (?:we|i) (?:can not follow you|can not agree|differ|disagree|are stuck|get stuck)|\bwe (?:are stuck on|disagree on|can not agree on|can not agree with you on|struggle with|are unhappy with|are not happy with|are worried about) [IO]",
        rf"[IO] (?:is|are|remains?) {VERY}{STUCK}(?:for us )?",
        rf"[I] (?:is|are|you (?:ask|offer|propose) is) {VERY}(?:much |little )?too (?:high|low|long|short|expensive|little|much|few|many|small|big|steep|strict|narrow)\b{US}",
        r"\bwe (?:have|see) (?:problem|trouble|difficulties|issue|problems) with [IO]",
    ),
    alternative=patterns(
        rf"\b(?:we|i) (?:already |also |do )*(?:have|got|have got|hold) (?:got )?(?:{OTHER} {ELSE}|(?:somebody|someone) else|alternatives?|plan b)\b(?: if (?:this|it|that) (?:fails|falls through|does not work(?: out)?))?",
        rf"\bthere (?:is|are) (?:also )?{OTHER} {ELSE}\b|\bwe (?:can|could) (?:do|get|make|build|find) (?:T|it|this|that) (?:elsewhere|with (?:somebody|someone) else|from (?:somebody|someone) else)\b",
        r"\bwe are (?:also )?(?:talking|speaking|negotiating) (?:to|with) (?:others|other \w+|someone else|somebody else|another \w+)\b|\b(?:others|other people|somebody else) (?:are|is) interested\b",
    ),
    trade=patterns(
        r"^(?:(?:so|and|ok|well|look|,) )*if (?:you|P) (?P<get>(?!want\b|think|like|ask|insist|prefer|believe|mean|look|need|refuse|are right).*?)(?:, |then )*(?:(?:we|i|P) |you (?:can|could|will|may|would|get|have) )(?P<give>.*)$",
        r"^(?:(?:so|and|ok|well|look|,) )*if (?:we|i) (?P<give>.*?)(?:, |then )+(?:will|would|could|can|do)? ?(?:you|P) (?P<get>.*)$",
        r"^you (?P<get>(?!can|could|may|get|have|want|need|say|prefer).*?)(?:, )?and (?:in return|in exchange) (?:, )?(?:we|you can|you get) (?P<give>.*)$",
        r"^(?:we|i|you (?:can|could|may|will|would)) (?P<give>.*?) (?:if|provided|as long as|provided that|on condition that|provided you|when|in return for|in exchange for|against) (?:we get |you |P )?(?P<get>.*)$",
        r"^(?:in return|in exchange) for (?P<get>.*?)(?:, )?(?:we|you|i) (?P<give>.*)$",
        r"^(?:just )?(?:give|grant|get|let|leave) us (?P<get>.*?)(?:, )?(?:and|then|, ) ?(?:we|you|i) (?P<give>.*)$",
    ),
    commit=patterns(
        rf"^(?:and |so |but |, )*(?:if|once|when|as soon as|(?P<unless>unless|either)) (?P<cond>{CONDITION})(?:, |then |or |else )*(?P<act>{ACTION})$",
        rf"^(?:and |so |but |, )*(?P<act>{ACTION})(?:only )?(?:if|once|as soon as|(?P<unless>unless)) (?P<cond>{CONDITION})$",
        rf"^(?:and |so |but |, |you )*(?P<cond>sign T (?:by W )?(?:first )?)(?:, )?(?:and|then) (?P<act>{ACTION})$",
        rf"^(?:and |so |but |, |either |you )*(?P<cond>sign (?:T |this |it )?(?:by W )?)(?:, )?(?P<unless>or) (?:else )?(?P<act>{ACTION})$",
        rf"^(?:and |so |but |, )*(?P<cond>T (?:is|gets) signed (?:by W )?)(?:, )?(?P<unless>or) (?:else )?(?P<act>{ACTION})$",
    ),
    leave=re.compile(r"\b(?:walk|walks|walking|leave|leaves|leaving|quit|are out(?! of)|gone)\b"),
    sign=re.compile(r"\b(?:sign|signs|signing|go with|goes with)\b"),
    settled=re.compile(r"\b(?:sign|signs|signed|signing|deal|agreement|contract|signature|agree|agreed|reached|done|closed|concluded|sealed|(?:have|no|get|reach|without|is) T)\b"),
)  # fmt: skip
