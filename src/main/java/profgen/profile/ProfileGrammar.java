package profgen.profile;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import profgen.syscall.KernelVersion;

/** Which key holds what in moby's structure; what an engine rejects is rejected here. */
final class ProfileGrammar {
    /** MAX_ERRNO of the kernel. */
    private static final int MAX_ERRNO = 4095;

    private static final String EPERM = "EPERM";

    private final JsonCursor json;

    ProfileGrammar(JsonCursor json) {
        this.json = json;
    }

    Profile profile() {
        return json.document(() -> {
            ProfileDraft draft = new ProfileDraft();
            json.object(ProfileDraft.KEYS, draft::member);
            return draft.finish();
        });
    }

    private final class ProfileDraft {
        static final List<String> KEYS = List.of(
                "defaultAction",
                "defaultErrnoRet",
                "defaultErrno",
                "archMap",
                "architectures",
                "flags",
                "listenerPath",
                "listenerMetadata",
                "syscalls");

        private @Nullable Action defaultAction;
        private @Nullable Integer defaultErrnoRet;
        private String defaultErrno = "";
        private List<Profile.ArchMapEntry> archMap = List.of();
        private List<String> architectures = List.of();
        private @Nullable List<String> flags;
        private @Nullable String listenerPath;
        private @Nullable String listenerMetadata;
        private List<Rule> syscalls = List.of();

        void member(String key) {
            switch (key) {
                case "defaultAction" -> defaultAction = action();
                case "defaultErrnoRet" -> defaultErrnoRet = json.integer(MAX_ERRNO);
                case "defaultErrno" -> defaultErrno = json.string();
                case "archMap" -> archMap = json.list(() -> new ArchDraft().read());
                case "architectures" -> architectures = json.list(json::string);
                case "flags" -> flags = json.list(json::string);
                case "listenerPath" -> listenerPath = json.string();
                case "listenerMetadata" -> listenerMetadata = json.string();
                default -> syscalls = json.list(() -> new RuleDraft().read());
            }
        }

        Profile finish() {
            errnoName("defaultErrno", defaultErrno, defaultErrnoRet);
            if (!archMap.isEmpty() && !architectures.isEmpty()) {
                json.report(
                        Oddity.Kind.ARCHITECTURES_TWICE,
                        "",
                        "architectures",
                        "archMap and architectures together: expected one of them");
            }
            return new Profile(
                    defaultAction,
                    defaultErrnoRet,
                    defaultErrno,
                    archMap,
                    architectures,
                    flags,
                    listenerPath,
                    listenerMetadata,
                    syscalls);
        }
    }

    private final class ArchDraft {
        static final List<String> KEYS = List.of("architecture", "subArchitectures");

        private String architecture = "";
        private List<String> subArchitectures = List.of();

        Profile.ArchMapEntry read() {
            json.object(KEYS, key -> {
                if (key.equals("architecture")) {
                    architecture = json.string();
                } else {
                    subArchitectures = json.list(json::string);
                }
            });
            if (architecture.isEmpty()) {
                throw json.contradiction(json.path(), "no architecture: expected a name as SCMP_ARCH_X86_64");
            }
            return new Profile.ArchMapEntry(architecture, subArchitectures);
        }
    }

    private final class RuleDraft {
        static final List<String> KEYS =
                List.of("names", "name", "action", "errnoRet", "errno", "args", "comment", "includes", "excludes");

        private List<String> names = List.of();
        private String name = "";
        private @Nullable Action action;
        private @Nullable Integer errnoRet;
        private String errno = "";
        private List<ArgumentTest> args = List.of();
        private Condition includes = Condition.NONE;
        private Condition excludes = Condition.NONE;
        private String comment = "";

        Rule read() {
            json.object(KEYS, this::member);
            if (!name.isEmpty() && !names.isEmpty()) {
                throw json.contradiction(json.path(), "name and names together: expected names");
            }
            if (action == null) {
                throw json.contradiction(json.path(), "no action: expected one of " + actions());
            }
            errnoName("errno", errno, errnoRet);
            List<String> all = name.isEmpty() ? names : List.of(name);
            return new Rule(all, action, errnoRet, errno, args, includes, excludes, comment);
        }

        private void member(String key) {
            switch (key) {
                case "names" -> names = json.list(json::string);
                case "name" -> name = json.string();
                case "action" -> action = action();
                case "errnoRet" -> errnoRet = json.integer(MAX_ERRNO);
                case "errno" -> errno = json.string();
                case "args" -> args = json.list(() -> new ArgumentDraft().read());
                case "comment" -> comment = json.string();
                case "includes" -> includes = new ConditionDraft().read();
                default -> excludes = new ConditionDraft().read();
            }
        }
    }

    private final class ArgumentDraft {
        static final List<String> KEYS = List.of("index", "value", "valueTwo", "op");

        private int index;
        private long value;
        private long valueTwo;
        private ArgumentTest.@Nullable Operator operator;

        ArgumentTest read() {
            json.object(KEYS, key -> {
                switch (key) {
                    case "index" -> index = json.integer(5);
                    case "value" -> value = json.unsigned();
                    case "valueTwo" -> valueTwo = json.unsigned();
                    default -> operator = operator();
                }
            });
            if (operator == null) {
                throw json.contradiction(json.path(), "no op: expected one of " + operators());
            }
            return new ArgumentTest(index, operator, value, valueTwo);
        }
    }

    private final class ConditionDraft {
        static final List<String> KEYS = List.of("caps", "arches", "minKernel");

        private List<String> caps = List.of();
        private List<String> arches = List.of();
        private @Nullable KernelVersion minKernel;

        Condition read() {
            json.object(KEYS, key -> {
                switch (key) {
                    case "caps" -> caps = json.list(json::string);
                    case "arches" -> arches = json.list(json::string);
                    default -> minKernel = kernelVersion();
                }
            });
            Condition condition = new Condition(caps, arches, minKernel);
            return condition.isEmpty() ? Condition.NONE : condition;
        }
    }

    /** Podman writes the name of an error beside its number; where the name stands alone, other engines answer EPERM. */
    private void errnoName(String key, String name, @Nullable Integer number) {
        if (number == null && !name.equals(EPERM) && !name.isEmpty()) {
            json.report(
                    Oddity.Kind.PODMAN_KEY,
                    json.path(),
                    key,
                    "key \"" + key + "\" is read by Podman only: expected " + key + "Ret beside it");
        }
    }

    private Action action() {
        Optional<Action> action = Action.byScmpName(json.string());
        return action.orElseThrow(() -> json.expected("one of " + actions()));
    }

    private ArgumentTest.Operator operator() {
        String text = json.string();
        return Arrays.stream(ArgumentTest.Operator.values())
                .filter(operator -> operator.scmpName().equals(text))
                .findFirst()
                .orElseThrow(() -> json.expected("one of " + operators()));
    }

    /** Docker takes the version from a string only, and only with two parts. */
    private KernelVersion kernelVersion() {
        String expectation = "<kernel>.<major> in quotes, e.g. \"4.8\"";
        Optional<String> text = json.stringIfAny();
        return text.flatMap(KernelVersion::parseStrict).orElseThrow(() -> json.expected(expectation));
    }

    private static String actions() {
        return Arrays.stream(Action.values()).map(Action::scmpName).collect(Collectors.joining(", "));
    }

    private static String operators() {
        return Arrays.stream(ArgumentTest.Operator.values())
                .map(ArgumentTest.Operator::scmpName)
                .collect(Collectors.joining(", "));
    }
}
