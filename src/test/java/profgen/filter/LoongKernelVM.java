package profgen.filter;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import profgen.BadInputException;
import profgen.profile.Baseline;
import profgen.profile.Profile;
import profgen.profile.ProfileReader;
import profgen.proof.LoongMachine;
import profgen.syscall.Arch;
import profgen.syscall.SyscallTable;

/**
 * Decision = libseccomp's program = what a LoongArch kernel does with it, for every profile of testdata and every default profile. Where the program is known
 * to do something else than the rules say, it is asked in the place of the decision.
 */
class LoongKernelVM {
    private static final long SEED = 41;
    private static final int CALLS = 60;
    /** Of it libseccomp makes something else than its rules say. */
    private static final String DIFFERS = "libseccomp-differs.json";

    private static final List<String> HOSTS = List.of(
            "loongarch64 6.12 docker", "loongarch64 6.12 docker +SYS_NICE +SYS_ADMIN +BPF", "loongarch64 6.12 podman");

    private record Named(String name, Profile profile, Filter filter) {}

    /** One filter, and the calls that the kernel is asked about. */
    private record Question(String name, Filter filter, BpfProgram program, List<RandomCalls.Call> calls) {
        /** The kernel does what the program says, which is what the rules say except in the profile made for it. */
        Outcome expected(RandomCalls.Call call) {
            return name.endsWith(DIFFERS)
                    ? program.outcome(call.abi(), call.number(), call.arguments())
                    : filter.outcome(call.abi(), call.number(), call.arguments());
        }

        long different() {
            return calls.stream()
                    .filter(call -> !expected(call).equals(filter.outcome(call.abi(), call.number(), call.arguments())))
                    .count();
        }
    }

    @TempDir
    private Path folder;

    @Test
    void the_kernel_does_what_is_decided_with_every_profile_of_testdata() throws Exception {
        LoongMachine machine = LoongMachine.open();
        List<Question> questions = questions(LibraryOfTests.newer());
        assertThat(questions.stream().mapToLong(Question::different).sum()).isPositive();
        ByteArrayOutputStream requests = new ByteArrayOutputStream();
        questions.forEach(question -> requests.writeBytes(KernelOracle.request(question.program(), question.calls())));
        Files.write(folder.resolve("requests"), requests.toByteArray());
        machine.compile(KernelOracle.SOURCE, folder.resolve("kernel-oracle"));
        machine.boot(
                folder.resolve("out"),
                Duration.ofMinutes(4),
                List.of(folder.resolve("requests"), folder.resolve("kernel-oracle")),
                "./kernel-oracle <requests >/out/answers");
        try (DataInputStream answers =
                new DataInputStream(Files.newInputStream(folder.resolve("out").resolve("answers")))) {
            for (Question question : questions) {
                check(question, KernelOracle.answers(answers, question.calls().size()));
            }
            assertThat(answers.read()).isEqualTo(-1);
        }
    }

    private static void check(Question question, List<Outcome> answers) {
        for (int i = 0; i < answers.size(); i++) {
            RandomCalls.Call call = question.calls().get(i);
            assertThat(answers.get(i))
                    .as(
                            "seed %s: %s of %s on %s",
                            SEED, call, question.name(), question.filter().host())
                    .isEqualTo(KernelOracle.asSeen(question.expected(call)));
        }
    }

    private static List<Question> questions(Libseccomp libseccomp) throws IOException {
        List<Named> filters = filters();
        List<Compiled> compiled =
                libseccomp.compile(filters.stream().map(Named::filter).toList());
        Set<String> known = LibraryOfTests.names(libseccomp, Arch.LOONGARCH64);
        Random random = new Random(SEED);
        List<Question> questions = new ArrayList<>();
        for (int i = 0; i < filters.size(); i++) {
            Named named = filters.get(i);
            assertThat(compiled.get(i)).as(named.name()).isInstanceOf(Compiled.Program.class);
            BpfProgram program = ((Compiled.Program) compiled.get(i)).program();
            if (!named.name().endsWith(DIFFERS)) {
                new RandomFilters.Made(named.profile(), named.filter(), program).differsNowhere(known);
            }
            RandomCalls generator = new RandomCalls(random, named.filter());
            Stream<RandomCalls.Call> some = Stream.generate(generator::next)
                    .filter(call -> isKnown(call, known))
                    .limit(CALLS);
            List<RandomCalls.Call> calls = Stream.concat(some, witnesses(libseccomp, named, compiled.get(i)))
                    .toList();
            questions.add(new Question(named.name(), named.filter(), program, calls));
        }
        return questions;
    }

    private static Stream<RandomCalls.Call> witnesses(Libseccomp libseccomp, Named named, Compiled compiled) {
        if (!named.name().endsWith(DIFFERS)) {
            return Stream.of();
        }
        return LibseccompCheck.of(libseccomp.version(), named.filter(), compiled, LibseccompCheck.Calls.ALL)
                .discrepancies()
                .stream()
                .map(one -> new RandomCalls.Call(one.abi(), one.number(), one.arguments()));
    }

    /** The library lacks the newest names, and what a profile says of them. */
    private static boolean isKnown(RandomCalls.Call call, Set<String> known) {
        return SyscallTable.of(call.abi())
                .name(call.number())
                .map(known::contains)
                .orElse(true);
    }

    private static List<Named> filters() throws IOException {
        List<Named> filters = new ArrayList<>();
        for (Path file : profiles()) {
            Profile profile = read(file);
            if (profile != null) {
                add(filters, file.toString(), profile);
            }
        }
        for (String name : Baseline.names()) {
            add(filters, name, Baseline.named(name).orElseThrow());
        }
        assertThat(filters).hasSizeGreaterThan(100);
        return filters;
    }

    private static void add(List<Named> to, String name, Profile profile) {
        for (String host : HOSTS) {
            Filter filter = Resolver.resolve(profile, HostText.parse(host));
            if (!filter.isUnconfined() && filter.refusals().isEmpty()) {
                to.add(new Named(name, profile, filter));
            }
        }
    }

    private static List<Path> profiles() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("testdata"))) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .toList();
        }
    }

    /** Null for other files, and for those that are wrong on purpose. */
    private static @Nullable Profile read(Path file) {
        try {
            return ProfileReader.read(file, oddity -> {});
        } catch (BadInputException other) {
            return null;
        }
    }
}
