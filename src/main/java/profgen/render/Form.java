package profgen.render;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Who is to read the policy. */
public enum Form {
    DOCKER(false),
    PODMAN(false),
    CRIO(false),
    CONTAINERD(true),
    KUBERNETES(true),
    OCI(true),
    SPO(true),
    SYSTEMD(true),
    BPF(true),
    C(true);

    private final boolean flat;

    Form(boolean flat) {
        this.flat = flat;
    }

    /** It has no conditions, so that it is for one architecture. */
    public boolean isFlat() {
        return flat;
    }

    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Form> byLabel(String label) {
        return Arrays.stream(values())
                .filter(form -> form.label().equals(label))
                .findFirst();
    }

    /** All labels, for messages. */
    public static String labels() {
        return Arrays.stream(values()).map(Form::label).collect(Collectors.joining(", "));
    }
}
