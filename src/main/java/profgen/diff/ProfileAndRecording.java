package profgen.diff;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import profgen.filter.Filter;
import profgen.filter.Host;
import profgen.filter.Outcome;
import profgen.filter.Region;
import profgen.filter.Regions;
import profgen.filter.Resolver;
import profgen.filter.Undecided;
import profgen.profile.ArgumentTest;
import profgen.profile.ImplicitCall;
import profgen.profile.Profile;
import profgen.recording.CallId;
import profgen.recording.Recording;
import profgen.recording.Run;
import profgen.syscall.Abi;
import profgen.syscall.ArgumentWidths;
import profgen.syscall.SyscallTable;

/**
 * A recording as the set of calls that it needs, compared with a profile: what would be denied, and what is allowed beyond it. Arguments
 * count where the profile asks for them and the recording has all their values. Implicit calls are needed by everything.
 */
public final class ProfileAndRecording {
    private final boolean recordingFirst;
    private final SortedMap<ProfileChange, List<String>> found = new TreeMap<>();
    private final List<Comparison.Undecided> undecided = new ArrayList<>();
    private final Set<String> places = new TreeSet<>();

    private ProfileAndRecording(boolean recordingFirst) {
        this.recordingFirst = recordingFirst;
    }

    /**
     * A profile that the engine refuses is bad input.
     *
     * @param recordingFirst the recording is A
     * @param host changes what {@link RunHost} takes for the host of a run
     */
    public static Comparison compare(
            Named<Profile> profile, Named<Recording> recording, boolean recordingFirst, UnaryOperator<Host> host) {
        ProfileAndRecording comparison = new ProfileAndRecording(recordingFirst);
        SortedMap<String, List<Run>> byHost = new TreeMap<>();
        SortedMap<String, Host> hosts = new TreeMap<>();
        for (Run run : recording.value().runs()) {
            Host own = host.apply(RunHost.of(run));
            hosts.put(RunHost.inWords(own), own);
            byHost.computeIfAbsent(RunHost.inWords(own), key -> new ArrayList<>())
                    .add(run);
        }
        hosts.forEach((words, own) -> {
            Filter filter = Resolver.resolve(profile.value(), own);
            filter.demandAccepted(profile.name());
            comparison.compare(filter, Need.of(byHost.getOrDefault(words, List.of())));
        });
        if (!recording.value().isComplete()) {
            comparison.undecided.add(Comparison.Undecided.incomplete(recording.name()));
        }
        List<Change> changes = new ArrayList<>();
        comparison.found.forEach((change, where) -> changes.add(change.at(where)));
        String a = recordingFirst ? recording.name() : profile.name();
        String b = recordingFirst ? profile.name() : recording.name();
        return new Comparison(a, b, List.copyOf(comparison.places), changes, comparison.undecided, List.of());
    }

    private void compare(Filter filter, List<Need> needs) {
        String place = RunHost.inWords(filter.host());
        places.add(place);
        for (Finding finding : Checker.findings(filter, needs)) {
            if (finding.kind() == Finding.Kind.DENIED) {
                denied(filter, finding, place);
            } else if (finding.kind() == Finding.Kind.UNDECIDED) {
                undecided.add(new Comparison.Undecided(finding.call(), finding.why()));
            }
        }
        Set<String> implicit = ImplicitCall.besides(Need.names(needs)).stream()
                .map(ImplicitCall::name)
                .collect(Collectors.toSet());
        Map<CallId, Need> recorded = needs.stream().collect(Collectors.toMap(Need::id, need -> need));
        for (Abi abi : filter.abis()) {
            if (!abi.isNative()
                    && needs.stream().noneMatch(need -> need.id().abi().equals(abi.label()))) {
                wholeAbi(filter, abi, place);
                continue;
            }
            SyscallTable.of(abi).names().forEach((number, name) -> {
                Need need = recorded.get(new CallId(abi.label(), number));
                if (need != null || !implicit.contains(name)) {
                    beyond(filter, abi, number, need, place);
                }
            });
        }
    }

    private void denied(Filter filter, Finding finding, String place) {
        Witness witness = finding.callSeen();
        Outcome answer = witness == null
                ? Outcome.KILL_THREAD
                : filter.outcome(witness.abi(), witness.number(), witness.values());
        add(
                new ProfileChange(
                        true, recordingFirst, finding.call(), answer, finding.arguments(), List.of(), witness),
                place);
    }

    private void beyond(Filter filter, Abi abi, int number, @Nullable Need need, String place) {
        String name = SyscallTable.of(abi).name(number).orElse(Integer.toString(number));
        try {
            Regions regions = new Regions();
            Map<Outcome, Region> parts = filter.regions(abi, number, regions);
            Region beyond = regions.allowed(parts);
            if (need != null) {
                beyond = beyond.isAll() ? regions.none() : beyond.minus(needed(filter, abi, name, need, regions));
            }
            if (!beyond.isEmpty()) {
                Witness witness = Witness.of(abi, number, beyond.witness().orElseThrow());
                String call = abi.isNative() ? name : abi.label() + " " + name;
                Outcome answer = filter.outcome(abi, number, witness.values());
                String arguments = ArgumentText.of(name, beyond);
                add(new ProfileChange(false, recordingFirst, call, answer, arguments, List.of(), witness), place);
            }
        } catch (Undecided hard) {
            undecided.add(new Comparison.Undecided(name, "its rules are too hard to compare: " + hard.getMessage()));
        }
    }

    /** The recorded values of the arguments that a rule asks for, as much of them as the kernel reads; all if not every value is known. */
    private static Region needed(Filter filter, Abi abi, String name, Need need, Regions regions) {
        Set<Integer> asked = filter.rules().stream()
                .filter(rule -> rule.names().contains(name))
                .flatMap(rule -> rule.tests().stream())
                .map(ArgumentTest::index)
                .collect(Collectors.toSet());
        if (!need.allKnown()) {
            return regions.all();
        }
        Region needed = regions.none();
        for (Need.Tuple tuple : need.tuples()) {
            Region region = regions.all();
            for (Map.Entry<Integer, Long> value : tuple.values().entrySet()) {
                long read = ArgumentWidths.bits(abi, name, value.getKey()) == Integer.SIZE ? 0xFFFFFFFFL : -1L;
                if (asked.contains(value.getKey())) {
                    region = region.and(regions.of(ArgumentTest.masked(value.getKey(), read, value.getValue() & read)));
                }
            }
            needed = needed.or(region);
        }
        return needed;
    }

    /** One line for an ABI in which nothing was recorded. */
    private void wholeAbi(Filter filter, Abi abi, String place) {
        SyscallTable.of(abi).names().keySet().stream()
                .filter(number -> filter.outcome(abi, number).allows())
                .findFirst()
                .ifPresent(number -> add(
                        new ProfileChange(
                                false,
                                recordingFirst,
                                "calls of " + abi.label(),
                                Outcome.ALLOW,
                                "",
                                List.of(),
                                Witness.of(abi, number, new long[6])),
                        place));
    }

    private void add(ProfileChange change, String place) {
        found.computeIfAbsent(change, key -> new ArrayList<>()).add(place);
    }

    /** Something from a file, and what the user calls it. */
    public record Named<T>(String name, T value) {}
}
