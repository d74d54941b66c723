package profgen.render;

import java.util.List;
import org.jspecify.annotations.Nullable;
import profgen.profile.Action;
import profgen.profile.ArgumentTest;
import profgen.profile.Profile;
import profgen.profile.Rule;

/** The resource's text; keys in the order of its documentation. */
final class SpoYaml {
    private final StringBuilder out = new StringBuilder();

    private SpoYaml() {}

    static String of(String name, Profile profile) {
        SpoYaml yaml = new SpoYaml();
        yaml.line("apiVersion: security-profiles-operator.x-k8s.io/v1beta1");
        yaml.line("kind: SeccompProfile");
        yaml.line("metadata:");
        yaml.line("  name: " + Yaml.quoted(name));
        yaml.line("spec:");
        yaml.spec(profile);
        return yaml.out.toString();
    }

    private void spec(Profile profile) {
        Action action = profile.defaultAction();
        line("  defaultAction: " + (action == null ? Action.ERRNO : action).scmpName());
        list("  ", "architectures", profile.architectures());
        string("listenerPath", profile.listenerPath());
        string("listenerMetadata", profile.listenerMetadata());
        List<String> flags = profile.flags();
        list("  ", "flags", flags == null ? List.of() : flags);
        if (!profile.syscalls().isEmpty()) {
            line("  syscalls:");
            profile.syscalls().forEach(this::rule);
        }
    }

    private void rule(Rule rule) {
        line("  - action: " + rule.action().scmpName());
        if (rule.errnoRet() != null) {
            line("    errnoRet: " + rule.errnoRet());
        }
        list("    ", "names", rule.names());
        if (!rule.args().isEmpty()) {
            line("    args:");
            rule.args().forEach(this::test);
        }
    }

    private void test(ArgumentTest test) {
        line("    - index: " + test.index());
        line("      value: " + test.value());
        if (test.valueTwo() != 0) {
            line("      valueTwo: " + test.valueTwo());
        }
        line("      op: " + test.operator().scmpName());
    }

    private void string(String key, @Nullable String value) {
        if (value != null) {
            line("  " + key + ": " + Yaml.quoted(value));
        }
    }

    private void list(String indentation, String key, List<String> values) {
        if (!values.isEmpty()) {
            line(indentation + key + ":");
            values.forEach(value -> line(indentation + "- " + Yaml.text(value)));
        }
    }

    private void line(String text) {
        out.append(text).append('\n');
    }
}
