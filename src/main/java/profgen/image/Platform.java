package profgen.image;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** For which machine an image is to be; always Linux. */
public enum Platform {
    AMD64("amd64", "x86_64"),
    LOONG64("loong64", "loongarch64");

    private final String ociName;
    private final String unameMachine;

    Platform(String ociName, String unameMachine) {
        this.ociName = ociName;
        this.unameMachine = unameMachine;
    }

    /** By the spelling of OCI ({@code amd64}, {@code loong64}) or of {@code uname -m}. */
    public static Optional<Platform> byName(String name) {
        return Arrays.stream(values()).filter(platform -> platform.is(name)).findFirst();
    }

    /** As indexes and configurations spell it, e.g. {@code loong64}. */
    public String ociName() {
        return ociName;
    }

    /** Whether it is spelled so, by whomever. */
    public boolean is(String architecture) {
        return List.of(ociName, unameMachine).contains(architecture);
    }
}
