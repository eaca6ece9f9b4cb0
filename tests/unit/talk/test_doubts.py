"""Hedges, denials of denials, thresholds, the wishes of others, words taken back: nothing is read into them."""

import pytest

from negotiation.formats import load
from negotiation.formats.notation import write
from negotiation.talk.reading.understanding import understood

CASE = load("alliance-2023").scenario
PRICE = load("cloud-for-two").scenario

NOTHING = """
Maybe we leave Ampère if the alliance is not signed by week 8.
Perhaps we leave Ampère unless the alliance is signed by week 8.
Perhaps we sign with Google unless the alliance is signed by week 8.
Possibly we sign with Google unless the alliance is signed by week 8.
Unless the alliance is signed by week 8, maybe we sign with Google.
Unless the alliance is signed by week 8, we sign with Google. No, forget that.
Unless the alliance is signed by week 8, we sign with Google. I take that back.
Unless the alliance is signed by week 8, we sign with Google. Or maybe not.
Unless the alliance is signed by week 8, we sign with Google. Just kidding.
Unless the alliance is signed by week 8, we sign with Google. Scratch that.
Unless the alliance is signed by week 8, we sign with Google. Only joking!
A full merger is out of the question. Actually, never mind.
We leave the cloud table if the alliance is signed with Google.
Si l'alliance n'est pas signée d'ici la semaine 8, nous signons peut-être avec Google.
Peut-être que nous signerons avec Google si l'alliance n'est pas signée d'ici la semaine 8.
Si l'alliance n'est pas signée d'ici la semaine 8, nous quittons peut-être Ampère.
Si l'alliance n'est pas signée d'ici la semaine 8, nous signons avec Google. Non, oubliez cela.
Si l'alliance n'est pas signée d'ici la semaine 8, nous signons avec Google. Je plaisante.
Si l'alliance n'est pas signée d'ici la semaine 8, nous signons avec Google. Ou peut-être pas.
Si l'alliance n'est pas signée d'ici la semaine 8, nous signons avec Google. Je retire ce que j'ai dit.
第8週までにアライアンスが署名されなければ、たぶんグーグルと契約します。
第8週までにアライアンスが署名されなければ、グーグルと契約するかもしれません。
第8週までにアライアンスが署名されなければ、グーグルと契約します。いや、忘れてください。
第8週までにアライアンスが署名されなければ、グーグルと契約します。冗談です。
第8週までにアライアンスが署名されなければ、グーグルと契約します。今のは取り消します。
第8週までにアライアンスが署名されなければ、アンペアから撤退しますよね。
第8週までにアライアンスが署名されなければ、グーグルと契約しますね。
第8週までにアライアンスが署名されなければ、グーグルと契約します。ルノーの話です。
A full merger is anything but out of the question.
A full merger is far from out of the question.
A full merger is by no means out of the question.
A full merger out of the question? Not at all.
A full merger? Out of the question? Not at all.
We refuse to rule out a full merger.
We won't rule out a full merger.
We will not veto a full merger.
We won't stand in the way of a full merger.
We won't exclude a joint team.
We would never rule out a full merger.
We reject the idea that a full merger is impossible.
We can't promise that we would refuse a full merger.
We can't go below 7%.
We cannot accept less than 7%.
We will not accept anything under 10%.
Anything above 10% is a no-go.
We refuse to go beyond 7%.
Anything below 7% is out of the question.
We can't do less than 7%.
Une fusion complète n'est plus hors de question.
Une fusion complète est loin d'être exclue.
Une fusion complète n'est nullement exclue.
Nous refusons d'exclure une fusion complète.
Pas question de refuser une fusion complète.
Impossible de refuser une cellule de liaison.
Nous ne pouvons pas nous passer de la cellule de liaison.
Nous ne nous opposerons pas à une fusion complète.
Nous n'avons plus d'objection à une fusion complète.
Moins de 7 %, c'est non.
En dessous de 7 %, c'est non.
Nous n'accepterons pas moins de 7 %.
Plus de 10 %, c'est hors de question.
Au-delà de 10 %, c'est hors de question.
完全な合併には反対しません。
完全な合併に反対はしません。
連絡チームでないと困ります。
連絡チームがないと困ります。
連絡チームなしでは受け入れられません。
5%以外は論外です。
7%未満は論外です。
7%より下は受け入れられません。
7%を下回るのは論外です。
10%を超えるのは論外です。
Anything but 15% works for us.
We can accept everything but 15%.
We can accept anything but 15%.
Nous pouvons accepter moins de 15 %.
Nous voulons plus de 7 %.
We want more than 7%.
We want less than 15%.
We can live with less than 15%.
We want 5% without a joint team.
If you drop the joint team, we can talk about purchasing.
If you give up the joint team, we can talk about purchasing.
Si vous renoncez à l'équipe commune, nous pouvons parler des achats.
共同チームを諦めてくれるなら、購買について話し合えます。
We can accept anything from 5% to 10%.
購買については柔軟に対応できません。
購買については柔軟に対応するのは難しいです。
15%じゃなくて構いません。
15%は結構です。
連絡チームはどうかと思います。
Votes matter more to you than regional projects.
For you, voting rights matter more than regional projects.
Voting rights matter more to everybody than regional projects.
For Renault, voting rights matter more than regional projects.
Les droits de vote comptent plus pour vous que les projets régionaux.
Pour vous, les droits de vote comptent plus que les projets régionaux.
Pour tout le monde, les droits de vote comptent plus que les projets régionaux.
御社にとっては議決権は地域プロジェクトより重要です。
ルノーさんにとっては議決権は地域プロジェクトより重要です。
あなた方には議決権は地域プロジェクトより重要です。
議決権は皆にとって地域プロジェクトより重要です。
We'd probably leave Ampère unless the alliance is signed by week 8.
Unless the alliance is signed by week 8, we sign with Google. That was a joke.
Unless the alliance is signed by week 8, we sign with Google. I didn't mean that.
Unless the alliance is signed by week 8, we sign with Google. On second thought, no.
Unless the alliance is signed by week 8, we sign with Google. No, wait.
Unless the alliance is signed by week 8, we sign with Google. No, we don't.
Unless the alliance is signed by week 8, we sign with Google. No.
Unless the alliance is signed by week 8, we sign with Google, right?
Unless the alliance is signed by week 8, we sign with Google. Or do we?
We were thinking: unless the alliance is signed by week 8, we sign with Google.
Unless the alliance is signed by week 8, we sign with Google. I'm talking about Renault.
Unless the alliance is signed by week 8, we sign with Google. That's what Renault says.
Si l'alliance n'est pas signée d'ici la semaine 8, nous signons avec Google, non ?
Si l'alliance n'est pas signée d'ici la semaine 8, nous signons avec Google. C'était une blague.
Si l'alliance n'est pas signée d'ici la semaine 8, nous signons avec Google. Non, attendez.
Si l'alliance n'est pas signée d'ici la semaine 8, nous signons avec Google. C'est ce que dit Renault.
Si l'alliance n'est pas signée d'ici la semaine 8, nous signons éventuellement avec Google.
第8週までにアライアンスが署名されなければ、グーグルと契約します。なんてね。
第8週までにアライアンスが署名されなければ、グーグルと契約します。嘘です。
第8週までにアライアンスが署名されなければ、グーグルと契約します。やっぱりやめます。
第8週までにアライアンスが署名されなければ、グーグルと契約しますか。
第8週までにアライアンスが署名されなければ、グーグルと契約しますよね？
第8週までにアライアンスが署名されなければ、グーグルと契約すると思います。
We don't say no to a full merger.
We wouldn't turn down a full merger.
It would be a mistake to refuse a full merger.
There is no reason to refuse a full merger.
A full merger is not unacceptable.
A full merger isn't off the table.
A full merger is hardly unthinkable.
We cannot do without a liaison cell.
We cannot live without a liaison cell.
We can't refuse a full merger.
We won't say never to a full merger.
We no longer refuse a full merger.
We have stopped refusing a full merger.
No liaison cell, no deal.
Without a liaison cell we can't sign.
A deal without a liaison cell is out of the question.
Not having a liaison cell is unacceptable.
We won't accept 7% or less.
Nothing less than 10% is acceptable.
Nothing under 10% is acceptable.
More than 10% is impossible.
Less than 7% is impossible.
Not less than 7%.
Only 7% is acceptable.
Une fusion complète n'est pas exclue.
Une fusion complète n'est pas impossible.
Une fusion complète n'est pas inacceptable.
Nous n'excluons pas une fusion complète.
Nous ne refusons plus une fusion complète.
Nous ne disons pas non à une fusion complète.
Nous ne dirons jamais non à une fusion complète.
Il serait impensable de refuser une fusion complète.
Un accord sans cellule de liaison est hors de question.
Sans cellule de liaison, c'est non.
Pas d'accord sans cellule de liaison.
Rien en dessous de 10 % n'est acceptable.
Nous ne descendrons pas sous 7 %.
Nous ne pouvons pas descendre en dessous de 7 %.
Nous refusons d'aller au-delà de 7 %.
Jamais moins de 7 %.
完全な合併は論外ではありません。
完全な合併は不可能ではありません。
完全な合併を拒否するつもりはありません。
完全な合併もありえなくはないです。
完全な合併は無理ではありません。
連絡チームのない契約は論外です。
連絡チーム抜きでは受け入れられません。
連絡チーム以外は受け入れられません。
7%以下は受け入れられません。
10%以上は無理です。
10%より上は無理です。
7%を切るのは無理です。
最低7%でなければ受け入れられません。
7%でなければ無理です。
5%でないと無理です。
連絡チームがなければ無理です。
If you stop asking for a joint team, we can talk about purchasing.
If you forget about the joint team, we can talk about purchasing.
If you don't insist on the joint team, we can talk about purchasing.
If you withdraw the joint team, we can talk about purchasing.
If you take the joint team off the table, we can talk about purchasing.
Si vous retirez l'équipe commune, nous pouvons parler des achats.
Si vous n'insistez pas sur l'équipe commune, nous pouvons parler des achats.
共同チームを取り下げてくれるなら、購買について話し合えます。
共同チームをやめてくれるなら、購買について話し合えます。
共同チームにこだわらないなら、購買について話し合えます。
We could do anything between 5% and 10%.
Nous accepterions tout de 5 % à 10 %.
Tout sauf 15 % nous convient.
15%以外なら構いません。
購買については柔軟ではありません。
購買については柔軟とは言えません。
購買について柔軟に対応する余地はありません。
On purchasing we can hardly be flexible.
On purchasing it is hard to be flexible.
You care more about voting rights than regional projects.
Renault cares more about voting rights than regional projects.
Voting rights are more important for Renault than regional projects.
In your view voting rights matter more than regional projects.
As you see it, voting rights matter more than regional projects.
We know that voting rights matter more to Renault than regional projects.
Voting rights matter more to both of us than regional projects.
Voting rights matter more to most people than regional projects.
À vos yeux, les droits de vote comptent plus que les projets régionaux.
Les droits de vote vous importent plus que les projets régionaux.
Vous tenez plus aux droits de vote qu'aux projets régionaux.
Les droits de vote comptent plus pour Renault que les projets régionaux.
Les droits de vote sont plus importants pour tous que les projets régionaux.
ルノーは議決権を地域プロジェクトより重視しています。
御社は地域プロジェクトより議決権を重視しています。
貴社から見れば議決権は地域プロジェクトより重要です。
あなたたちにとって議決権は地域プロジェクトより大事です。
誰にとっても議決権は地域プロジェクトより大事です。
For you, a liaison cell is better than a joint team.
A liaison cell is better for you than a joint team.
Pour vous, une cellule de liaison vaut mieux qu'une équipe commune.
御社にとっては共同チームより連絡チームのほうがいいです。
御社には完全な合併は論外です。
A full merger is out of the question for you.
Une fusion complète est hors de question pour vous.
We walk if the alliance is signed.
We're considering leaving Ampère unless the alliance is signed by week 8.
We may well sign with Google if the alliance is not signed by week 8.
Who knows, unless the alliance is signed by week 8 we sign with Google.
In theory, unless the alliance is signed by week 8, we sign with Google.
Hypothetically, if the alliance is not signed by week 8, we sign with Google.
Unless the alliance is signed by week 8, we sign with Google, or something.
Unless the alliance is signed by week 8, we sign with Google. Well, that depends.
Unless the alliance is signed by week 8, we sign with Google. We'll see.
Unless the alliance is signed by week 8, we sign with Google. Hm, no, that's wrong.
Unless the alliance is signed by week 8, we sign with Google. Correction: Mitsubishi does.
Unless the alliance is signed by week 8, we sign with Google. I'm not serious.
Unless the alliance is signed by week 8, we sign with Google. Not!
Unless the alliance is signed by week 8, we sign with Google... or not.
Unless the alliance is signed by week 8, we sign with Google. Haha.
Unless the alliance is signed by week 8, we sign with Google. That's not true.
Il se pourrait que nous signions avec Google si l'alliance n'est pas signée d'ici la semaine 8.
Si l'alliance n'est pas signée d'ici la semaine 8, nous signons avec Google. Ou pas.
Si l'alliance n'est pas signée d'ici la semaine 8, nous signons avec Google. On verra.
Si l'alliance n'est pas signée d'ici la semaine 8, nous signons avec Google. Ce n'est pas vrai.
Si l'alliance n'est pas signée d'ici la semaine 8, nous signons avec Google. Je parle de Renault.
Si l'alliance n'est pas signée d'ici la semaine 8, nous signons avec Google. Ça dépend.
Si l'alliance n'est pas signée d'ici la semaine 8, nous signons avec Google, n'est-ce pas ?
第8週までにアライアンスが署名されなければ、グーグルと契約します。いや、やはりしません。
第8週までにアライアンスが署名されなければ、グーグルと契約します。場合によります。
第8週までにアライアンスが署名されなければ、グーグルと契約します。いいえ。
第8週までにアライアンスが署名されなければ、グーグルと契約します。なーんて。
第8週までにアライアンスが署名されなければ、グーグルと契約します。それはルノーのことです。
第8週までにアライアンスが署名されなければ、グーグルと契約することも考えます。
第8週までにアライアンスが署名されなければ、グーグルと契約するでしょう。
A full merger is out of the question. No, it isn't.
A full merger is out of the question. Or is it?
A full merger is out of the question. Renault said so.
We wouldn't say a full merger is out of the question.
We don't consider a full merger out of the question.
A full merger is no problem at all to refuse.
Who says a full merger is out of the question?
We would be fools to refuse a full merger.
It's not that we refuse a full merger.
We are hardly opposed to a full merger.
We can't say no to a joint team.
We have no reason to block a joint team.
We need at least 7%.
We need 7% at minimum.
7% at the very least.
Not a percent below 7%.
7% is our floor.
10% is our ceiling.
We cannot accept 7% alone.
We cannot accept just 5%.
5% is not enough.
5% is too little.
We won't accept 7% without a liaison cell.
We refuse 7% unless there is a liaison cell.
7% is unacceptable if there is a joint team.
We'd rather not have less than 7%.
Under no circumstances less than 7%.
No more than 10%.
Il serait absurde de refuser une fusion complète.
Rien ne nous empêche d'accepter une fusion complète.
Une fusion complète n'a rien d'impossible.
Une fusion complète n'a rien d'inacceptable.
Nous aurions tort de refuser une fusion complète.
Nous ne fermons pas la porte à une fusion complète.
Qui dit qu'une fusion complète est hors de question ?
5 % seulement, c'est non.
5 % ne suffisent pas.
Nous n'accepterons pas 5 % sans cellule de liaison.
Il nous faut au moins 7 %.
Pas question de descendre sous 7 %.
7 % minimum.
完全な合併を断る理由はありません。
完全な合併が論外とは言いません。
完全な合併が論外だとは思いません。
完全な合併はだめではありません。
5%だけでは受け入れられません。
5%では足りません。
5%では少なすぎます。
少なくとも7%は必要です。
7%しか受け入れられません。
連絡チームなしの契約は受け入れられません。
連絡チームのない合意はありえません。
連絡チームは欠かせません。
連絡チームは譲れません。
We give up the joint team.
We renounce the joint team.
We would like to drop the joint team.
If you accept not having a joint team, we can talk about purchasing.
Instead of a joint team, we can talk about purchasing.
Nobody wants a joint team.
A joint team would be nice but is impossible.
We could accept a joint team, but only for you.
We used to accept a joint team.
Everyone can live with a liaison cell.
Voting rights used to matter more than regional projects.
Do voting rights matter more than regional projects?
Voting rights matter more than regional projects, you say.
Voting rights should matter more than regional projects to you.
Voting rights matter no more than regional projects.
Voting rights don't matter more than regional projects.
Voting rights matter as much as regional projects.
Si vous tenez tant aux droits de vote, c'est qu'ils comptent plus que les projets régionaux.
Les droits de vote ne comptent pas plus que les projets régionaux.
議決権は地域プロジェクトより重要ではありません。
ルノーは議決権が地域プロジェクトより重要だ。
""".strip().splitlines()

STILL_READ = {
    "Unless the alliance is signed before week 6, we sign with Google.": "commit unless alliance by 5 then sign cloud google",
    "Si l'alliance n'est pas signée avant la semaine 6, nous signons avec Google.": "commit unless alliance by 5 then sign cloud google",
    "Unless the alliance is signed by week 8, we sign with Google. No joke.": "commit unless alliance by 8 then sign cloud google",
    "Thanks! Just kidding.": "courtesy thanks",
    "We prefer a liaison cell. Never mind.": "none",
    "7%? Forget it.": "refuse ampere.nissan_stake=s7",
    "A full merger? Are you serious?": "refuse alliance.stakes=merger",
    "A full merger is out of the question. 7% would be fine. Scratch that.": "refuse alliance.stakes=merger",
    "Anything but a full merger.": "refuse alliance.stakes=merger",
    "Tout sauf une fusion complète.": "refuse alliance.stakes=merger",
    "We will not oppose a joint team.": "open ampere.engineers=joint",
    "完全な合併は論外です。": "refuse alliance.stakes=merger",
    "購買については柔軟に対応できますが、完全な合併は無理です。": "open alliance.purchasing; refuse alliance.stakes=merger",
}


@pytest.mark.parametrize("text", NOTHING)
def test_nothing_is_read_into_what_is_doubtful(text):
    assert write(understood(text, CASE, "nissan").moves) == "none"


@pytest.mark.parametrize("text", STILL_READ)
def test_what_is_plain_is_still_read(text):
    assert write(understood(text, CASE, "nissan").moves) == STILL_READ[text]


@pytest.mark.parametrize(
    "text", ["Anything above 22 dollars is a no-go.", "Plus de 22 dollars, c'est hors de question."]
)
def test_a_threshold_is_no_option(text):
    assert not understood(text, PRICE, next(iter(PRICE.parties))).moves


def test_a_week_before_the_first_is_none():
    assert not understood("Unless the alliance is signed before week 1, we sign with Google.", CASE, "nissan").moves


def test_what_is_taken_back_is_given_back_as_typed():
    found = understood("A full merger is out of the question. Never mind.", CASE, "nissan")
    assert found.missed == ("A full merger is out of the question.", "Never mind.")
