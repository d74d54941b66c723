package profgen.render;

import java.util.Locale;
import profgen.profile.Printable;

/** What a rendering says otherwise than the policy, or only for one host. */
public record Remark(Kind kind, String text) {
    /** Names and conditions come from the profile, and remarks become lines of a drop-in. */
    public Remark {
        text = Printable.of(text);
    }

    /** As in {@code --json}. */
    public String label() {
        return kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** What the rendering does to the policy. */
    public enum Kind {
        /** A condition was decided, so that the rendering is right on such hosts only. */
        DECIDED,
        /** Something is allowed that the policy denies: the consumer's form cannot say it. */
        WIDER,
        /** Something is denied that the policy allows. */
        STRICTER,
        /** Denied by both, with another answer. */
        OTHER_ANSWER,
        /** Without effect in the policy already. */
        WITHOUT_EFFECT,
        /** The rules are too hard to say whether the rendering means the same. */
        UNDECIDED,
        /** What else the consumer needs to know. */
        HINT
    }
}
