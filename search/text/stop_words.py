"""Function words that a query does not require when it has others. Documents keep them, so phrases stay exact.

Compiled from the grammars of each language: articles, pronouns, prepositions, conjunctions, auxiliaries. A language that
is not here has none; `stop_words` in config.yaml replaces the list.
"""

from __future__ import annotations

from collections.abc import Mapping

STOP_WORDS: Mapping[str, tuple[str, ...]] = {
    "en": tuple(
        """
        i me my myself we us our ours ourselves you your yours yourself yourselves he him his himself she her hers herself
        it its itself they them their theirs themselves what which who whom this that these those am is are was were be
        been being have has had having do does did doing would should could ought i'm you're he's she's it's we're
        they're i've you've we've they've i'd you'd he'd she'd we'd they'd i'll you'll he'll she'll we'll they'll isn't
        aren't wasn't weren't hasn't haven't hadn't doesn't don't didn't won't wouldn't shan't shouldn't can't cannot
        couldn't mustn't let's that's who's what's here's there's when's where's why's how's a an the and but if or
        because as until while of at by for with about against between into through during before after above below to
        from up down in out on off over under again further then once here there when where why how all any both each
        few more most other some such no nor not only own same so than too very
        """.split()
    ),
    "de": tuple(
        """
        der die das den dem des ein eine einen einem einer eines und oder aber denn weil dass daß ob wenn als wie ich
        du er sie es wir ihr mich dich ihn uns euch mir dir ihm ihnen mein dein sein unser euer ihre seine kein keine
        keinen keinem keiner keines nicht nur auch noch schon sehr so zu zum zur in im ins an am ans auf aus bei beim
        bis durch für gegen hinter mit nach neben ohne über um unter von vom vor während zwischen ist sind war waren
        bin bist seid sei wird werden wurde wurden hat habe haben hatte hatten kann können konnte muss müssen soll
        sollen will wollen was wer wo wann warum welche welcher welches welchen diese dieser dieses diesem diesen jede
        jeder jedes jene hier da dort dann
        """.split()
    ),
    "fr": tuple(
        """
        le la les l un une des du de d et ou mais donc or ni car que qu qui quoi dont où je j tu il elle on nous vous
        ils elles me m te t se s lui leur leurs y en mon ma mes ton ta tes son sa ses notre nos votre vos ce c cet cette
        ces à au aux dans par pour sur sous avec sans entre vers chez ne n pas plus est sont était étaient être été a
        ont avait avaient avoir eu fait comme si même aussi très
        """.split()
    ),
    "es": tuple(
        """
        el la los las un una unos unas y e o u pero ni que de del al a en por para con sin sobre entre hasta desde yo tú
        él ella nosotros vosotros ellos ellas me te se nos os le les lo mi mis tu tus su sus nuestro nuestra este esta
        estos estas ese esa esos esas aquel aquella es son era eran ser sido está están estaba ha han había haber no más
        muy como si cuando donde quien cual qué
        """.split()
    ),
    "ru": tuple(
        """
        и в во не что он на я с со как а то все она так его но да ты к у же вы за бы по только ее мне было вот от меня
        еще нет о из ему теперь когда даже ну ли если уже или ни быть был него до вас опять уж вам ведь там потом себя
        они тут где есть для мы тебя их чем была сам чтоб без чего раз тоже себе под будет ж тогда кто этот того
        потому этого какой ним здесь этом один почти мой тем чтобы нее были куда зачем всех при об хоть после над тот
        через эти нас про них какая много эту моя свою этой перед чуть том такой им более всю между
        """.split()
    ),
}
