package profgen.container;

import java.util.Locale;

/** What a workload sees of the network: the caller's, or a namespace with nothing but a loopback interface. */
public enum Network {
    HOST,
    NONE;

    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
