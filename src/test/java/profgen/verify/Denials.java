package profgen.verify;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import profgen.filter.Filter;
import profgen.filter.Host;
import profgen.filter.Resolver;
import profgen.profile.Profile;
import profgen.profile.ProfileReader;
import profgen.recording.Call;
import profgen.recording.CallId;
import profgen.recording.Denial;
import profgen.syscall.Abi;
import profgen.syscall.Arch;
import profgen.syscall.SyscallTable;

/** Refused calls as a tracer tells them. */
final class Denials {
    static final Host HOST = Host.docker(Arch.X86_64);

    private Denials() {}

    /** With the answer that the profile gives. */
    static DeniedCall of(Profile profile, String name, long... arguments) {
        Filter filter = Resolver.resolve(profile, HOST);
        int number = SyscallTable.of(Abi.X86_64).number(name).orElseThrow();
        List<Long> six = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            six.add(i < arguments.length ? arguments[i] : 0);
        }
        int answer = filter.outcome(Abi.X86_64, number, arguments).returnValue();
        Denial denial = new Denial(
                "/bin/x",
                new CallId("x86_64", number),
                answer,
                1L,
                new Call.FirstSight(0, 9, "x"),
                List.of(six),
                new TreeSet<>());
        return DeniedCall.of(denial, filter);
    }

    static Profile profile(String text) {
        return ProfileReader.parse(text, "test");
    }

    /** An allow-list of read alone, and what else is said. */
    static Profile allowing(String... rules) {
        return profile(
                "{\"defaultAction\":\"SCMP_ACT_ERRNO\",\"syscalls\":[{\"names\":[\"read\"],\"action\":\"SCMP_ACT_ALLOW\"}"
                        + (rules.length == 0 ? "" : "," + String.join(",", rules)) + "]}");
    }
}
