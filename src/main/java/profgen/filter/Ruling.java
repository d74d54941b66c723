package profgen.filter;

import profgen.syscall.Abi;

/** What decides about a call. */
public sealed interface Ruling {
    Outcome outcome();

    /** One line for people. */
    String inWords();

    /** A rule of the profile. */
    record ByRule(FilterRule rule) implements Ruling {
        @Override
        public Outcome outcome() {
            return rule.outcome();
        }

        @Override
        public String inWords() {
            return "syscalls[" + rule.profileIndex() + "]: " + TestText.of(rule.tests());
        }
    }

    /** No rule for the call applies. */
    record ByDefault(Outcome outcome) implements Ruling {
        @Override
        public String inWords() {
            return "the default action";
        }
    }

    /** runc's answer for calls that are newer than all that the profile names. */
    record AboveHighest(int highest) implements Ruling {
        @Override
        public Outcome outcome() {
            return Outcome.errno(Outcome.ENOSYS);
        }

        @Override
        public String inWords() {
            return "runc: the number is above " + highest + ", the highest that the profile names";
        }
    }

    /** libseccomp's answer for an ABI that the filter has not got. */
    record ForeignAbi(Abi abi) implements Ruling {
        @Override
        public Outcome outcome() {
            return Outcome.KILL_THREAD;
        }

        @Override
        public String inWords() {
            return "the profile does not open the ABI " + abi.label();
        }
    }

    /** No filter at all. */
    record Unconfined() implements Ruling {
        @Override
        public Outcome outcome() {
            return Outcome.ALLOW;
        }

        @Override
        public String inWords() {
            return "no filter: the profile has neither a default action nor rules";
        }
    }
}
