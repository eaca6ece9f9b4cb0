"""English: every kind of sentence in several forms."""

from __future__ import annotations

from negotiation.talk.grammar import Grammar

ENGLISH = Grammar(
    quoted="“{}”",
    addressed="{whom}, {text}",
    pair="{option} on {issue}",
    movement="some movement on {issue}",
    item="{issue}: {option}",
    comma=", ",
    last=" and ",
    either=" or ",
    semicolon="; ",
    gap=" ",
    by=" by {unit} {number}",
    partner=" (partner: {party})",
    you="you",
    more=" and other points",
    forms={
        "ask.priority": (
            "What matters most to you?",
            "Which point weighs most for you?",
            "What do you need most in these talks?",
            "May we ask what matters most to you?",
        ),
        "ask.priority.table": (
            "What matters most to you at {table}?",
            "Which point of {table} weighs most for you?",
            "At {table}, what do you need above all?",
            "May we ask what you care about most at {table}?",
        ),
        "ask.option": (
            "What about {option} on {issue}?",
            "On {issue}, could you live with {option}?",
            "How would you see {option} on {issue}?",
            "May we ask how you feel about {option} on {issue}?",
        ),
        "ask.obstacle": (
            "What is in the way?",
            "Which point keeps you from signing?",
            "What would have to change for you to agree?",
            "May we ask which point you cannot accept?",
        ),
        "ask.obstacle.table": (
            "What is in the way at {table}?",
            "At {table}, which point keeps you from signing?",
            "What would have to change at {table} for you to agree?",
            "May we ask what you cannot accept at {table}?",
        ),
        "ask.alternative": (
            "Do you have another way?",
            "What do you do if we do not agree?",
            "Are you talking to anybody else about this?",
            "May we ask what your alternative is?",
        ),
        "ask.alternative.table": (
            "Do you have another way than {table}?",
            "What do you do if nothing is signed at {table}?",
            "Is there anybody else with whom you could settle {table}?",
            "May we ask what your alternative to an agreement at {table} is?",
        ),
        "rank": (
            "{more} matters more to us than {less}.",
            "For us {more} comes before {less}.",
            "We care about {more} more than about {less}.",
            "Between {more} and {less}, we would put {more} first.",
        ),
        "prefer": (
            "On {issue} we want {more} rather than {less}.",
            "On {issue}, {more} suits us better than {less}.",
            "As to {issue}: {more} is better for us than {less}.",
            "If we may choose on {issue}, it is {more} and not {less}.",
        ),
        "refuse": (
            "On {issue} we do not accept {options}.",
            "{options} on {issue} is out of the question for us.",
            "We rule out {options} on {issue}.",
            "We are sorry, but on {issue} we cannot agree to {options}.",
        ),
        "open": (
            "We can move on {issue}.",
            "On {issue} we are flexible.",
            "{issue} is a point on which we can talk.",
            "We would gladly look for common ground on {issue}.",
        ),
        "open.options": (
            "On {issue} we can live with {options}.",
            "{options} on {issue} would be possible for us.",
            "As to {issue}, we could agree to {options}.",
            "On {issue} we would be willing to consider {options}.",
        ),
        "sketch": (
            "What about this: {terms}?",
            "What if we settled it like this: {terms}?",
            "Could you work with the following: {terms}?",
            "May we suggest the following: {terms}?",
        ),
        "trade": (
            "Give us {get}, and you get {give}.",
            "If we get {get}, we can offer {give}.",
            "For {get} we would give {give} in return.",
            "If you could see your way to {get}, we could see ours to {give}.",
        ),
        "commit.if.walk": (
            "If {table} is signed{by}, we leave {where} for good.",
            "We leave {where} for good if {table} is signed{by}.",
            "Should {table} be signed{by}, we will leave {where} for good.",
        ),
        "commit.if.sign": (
            "If {table} is signed{by}, we sign {where}{partner}.",
            "We sign {where}{partner} if {table} is signed{by}.",
            "Should {table} be signed{by}, you can count on us to sign {where}{partner}.",
        ),
        "commit.unless.walk": (
            "Unless {table} is signed{by}, we leave {where} for good.",
            "We leave {where} for good unless {table} is signed{by}.",
            "Should {table} not be signed{by}, we will have to leave {where} for good.",
        ),
        "commit.unless.sign": (
            "Unless {table} is signed{by}, we sign {where}{partner}.",
            "We sign {where}{partner} unless {table} is signed{by}.",
            "Should {table} not be signed{by}, we will have to sign {where}{partner}.",
        ),
        "alternative": (
            "We have another way than {table}.",
            "For {table} we do not depend on this deal.",
            "If nothing is signed at {table}, we have an alternative.",
            "We should say that we have other possibilities besides {table}.",
        ),
        "obstacle": (
            "On {issue} we cannot follow you.",
            "What stands in the way is {issue}.",
            "The point that does not work for us is {issue}.",
            "Our difficulty, if we may say so, is {issue}.",
        ),
        "thanks": (
            "Thank you.",
            "Thanks for telling us.",
            "That is good to hear; thank you.",
            "We thank you for that.",
        ),
        "regret": (
            "We cannot say more on that.",
            "On that we have nothing to tell you.",
            "Sorry, that is not something we can answer.",
            "We regret that we cannot be of more help here.",
        ),
        "greeting": (
            "Hello.",
            "Good day to you.",
            "It is good to sit down together.",
            "We are glad to be at the table with you.",
        ),
        "hurry": (
            "Time is short.",
            "We should come to a close soon.",
            "There is not much time left for us to agree.",
            "May we remind you that time is running out?",
        ),
        "offer.first": (
            "Our first offer at {table}: {terms}.",
            "This is what we propose at {table}: {terms}.",
            "At {table} we put the following forward: {terms}.",
            "To begin with, may we offer at {table}: {terms}.",
        ),
        "offer.stands": (
            "Our offer at {table} stands.",
            "At {table} our offer is the same as before.",
            "We keep to our last offer at {table}; nothing in it has changed.",
            "May we remind you of our offer at {table}, which stands as it was?",
        ),
        "offer.changed": (
            "Changed at {table}: {changes}.",
            "Our new offer at {table} differs from the last one in this: {changes}.",
            "At {table} we have changed our offer: {changes}.",
            "May we put to you a changed offer at {table}: {changes}.",
        ),
        "offer.change": ("{issue} was {before} and is now {after}",),
        "offer.together": (
            "We offer {tables} only together.",
            "For us {tables} go together or not at all.",
            "This is one package: {tables}.",
        ),
        "offer.better": (
            "For {whom} this should be better on {better}.",
            "As far as we can tell, it is a gain for {whom} on {better}.",
            "This goes towards what we take to be good for {whom}: {better}.",
        ),
        "offer.worse": (
            "For {whom} this should be worse on {worse}.",
            "As far as we can tell, it costs more for {whom} on {worse}.",
            "We are aware that this asks more on {worse}, and that it is harder for {whom}.",
        ),
        "offer.both": (
            "For {whom} this should be better on {better}, and worse on {worse}.",
            "As far as we can tell, it is a gain for {whom} on {better} and a loss on {worse}.",
            "We believe that it improves {better} for {whom}; on {worse} we ask more than before.",
        ),
        "offer.unknown": (
            "What that means for {whom} we cannot tell.",
            "Whether it is better or worse for {whom} we do not know.",
            "We would like to hear what this means for {whom}.",
        ),
        "offer.same": (
            "As far as we can see, it changes little for {whom}.",
            "We do not see that this changes much for {whom}; please tell us.",
            "How much this matters for {whom} we cannot say.",
        ),
        "offer.lacks": (
            "What we still cannot accept is {option} on {issue}.",
            "{option} on {issue} still does not work for us.",
            "Your {option} on {issue} remains a difficulty for us.",
        ),
        "sign": (
            "We sign at {table}.",
            "Agreed: we sign at {table}.",
            "We accept what lies on the table at {table}, and sign.",
            "We are glad to put our name to {table}.",
        ),
    },
)
