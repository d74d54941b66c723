package profgen.syscall;

import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Kernel and major only: "5.10.0-9-amd64" equals "5.10", as Docker's engine compares. */
public record KernelVersion(int kernel, int major) implements Comparable<KernelVersion> {
    private static final Pattern STRICT = Pattern.compile("(\\d{1,9})\\.(\\d{1,9})");
    private static final Pattern RELEASE = Pattern.compile("(\\d{1,9})\\.(\\d{1,9})(?:[^0-9].*)?", Pattern.DOTALL);

    public KernelVersion {
        if (kernel < 0 || major < 0) {
            throw new IllegalArgumentException("negative kernel version");
        }
    }

    /** Exactly {@code <kernel>.<major>}, as a profile's {@code minKernel} must be; empty for "4.8.0", "4". */
    public static Optional<KernelVersion> parseStrict(String text) {
        return parse(STRICT, text);
    }

    /** Also a release as {@code uname -r} prints it: "6.12.43+deb13-amd64". */
    public static Optional<KernelVersion> parseRelease(String text) {
        return parse(RELEASE, text);
    }

    private static Optional<KernelVersion> parse(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.matches()
                ? Optional.of(new KernelVersion(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2))))
                : Optional.empty();
    }

    public boolean isAtLeast(KernelVersion other) {
        return compareTo(other) >= 0;
    }

    @Override
    public int compareTo(KernelVersion other) {
        return Comparator.comparingInt(KernelVersion::kernel)
                .thenComparingInt(KernelVersion::major)
                .compare(this, other);
    }

    @Override
    public String toString() {
        return kernel + "." + major;
    }
}
