package profgen.render;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import profgen.BadInputException;
import profgen.Requires;
import profgen.cli.Cli;
import profgen.filter.BpfListing;
import profgen.filter.BpfProgram;
import profgen.filter.Filter;
import profgen.filter.Host;
import profgen.filter.LibraryOfTests;
import profgen.filter.Libseccomp;
import profgen.filter.LibseccompCheck;
import profgen.filter.Outcome;
import profgen.filter.Region;
import profgen.filter.Regions;
import profgen.filter.Resolver;
import profgen.profile.Baseline;
import profgen.profile.Profile;
import profgen.profile.ProfileReader;
import profgen.syscall.Abi;
import profgen.syscall.Arch;
import profgen.syscall.SyscallTable;

/** The forms that other tools take as they are: C for a compiler, a BPF program for the kernel, a drop-in for systemd. */
class ProgramsIT {
    private static final Host HOST = Host.docker(Arch.X86_64);

    private static final List<Libseccomp> LIBRARY = new ArrayList<>();

    @TempDir
    Path folder;

    private static Libseccomp library() {
        if (LIBRARY.isEmpty()) {
            LIBRARY.add(LibraryOfTests.installed());
        }
        return LIBRARY.get(0);
    }

    static List<String> profilesOfVerdicts() throws IOException {
        return profiles().stream()
                .filter(name -> !name.startsWith("testdata/") || name.contains("/verdicts/"))
                .toList();
    }

    static List<String> profiles() throws IOException {
        List<String> all =
                new ArrayList<>(List.of("docker-default", "docker-20.10", "podman-default", "strict", "unconfined"));
        try (Stream<Path> files = Files.find(Path.of("testdata"), 4, (file, is) -> isProfile(file.toString()))) {
            files.map(Path::toString).sorted().forEach(all::add);
        }
        return all;
    }

    private static boolean isProfile(String file) {
        return file.matches("testdata/(profiles/(good|lint)/.*|verdicts/profiles/.*|cases/.*/profile)\\.?(json)?")
                && file.endsWith(".json");
    }

    private static Profile read(String name) {
        return Baseline.named(name).orElseGet(() -> ProfileReader.read(Path.of(name), oddity -> {}));
    }

    /** Empty where the engine refuses the profile. */
    private static List<Rendered> render(Form form, String name) {
        if (!Resolver.resolve(read(name), HOST).refusals().isEmpty()) {
            return List.of();
        }
        return List.of(Renderer.render(form, name, read(name), List.of(HOST), ""));
    }

    @Test
    void the_c_form_of_every_profile_compiles_and_makes_its_filter() throws Exception {
        Requires.that(System.getProperty("os.arch").equals("amd64"), "an x86_64 machine");
        Requires.command("gcc");
        Requires.that(Files.exists(Path.of("/usr/include/seccomp.h")), "libseccomp's header (package libseccomp-dev)");
        int made = 0;
        for (String name : profiles()) {
            for (Rendered rendered : render(Form.C, name)) {
                Path program = compile(rendered.text());
                Path bytes = folder.resolve("bpf");
                int status = run(List.of(program.toString(), "-b"), bytes);
                Filter policy = Resolver.resolve(read(name), HOST);
                if (status == 0) {
                    assertSame(name, policy, BpfProgram.parse(Files.readAllBytes(bytes)));
                    made++;
                } else {
                    assertThat(isDoubtful(policy)).as(name + " is refused").isTrue();
                }
            }
        }
        assertThat(made).isGreaterThan(40);
    }

    @Test
    void a_command_runs_under_the_c_form() throws Exception {
        Requires.that(System.getProperty("os.arch").equals("amd64"), "an x86_64 machine");
        Requires.command("gcc");
        Requires.that(Files.exists(Path.of("/usr/include/seccomp.h")), "libseccomp's header (package libseccomp-dev)");
        Profile profile = ProfileReader.parse(
                "{\"defaultAction\":\"SCMP_ACT_ALLOW\",\"syscalls\":[{\"names\":[\"mkdir\",\"mkdirat\"],"
                        + "\"action\":\"SCMP_ACT_ERRNO\",\"errnoRet\":95}]}",
                "x");
        Path program =
                compile(Renderer.render(Form.C, "x", profile, List.of(HOST), "").text());
        Path out = folder.resolve("out");
        assertThat(run(
                        List.of(
                                program.toString(),
                                "mkdir",
                                folder.resolve("new").toString()),
                        out))
                .isEqualTo(1);
        assertThat(run(List.of(program.toString(), "true"), out)).isZero();
        assertThat(run(List.of(program.toString(), "/nonexistent/command"), out))
                .isEqualTo(127);
        assertThat(folder.resolve("new")).doesNotExist();
    }

    @ParameterizedTest
    @MethodSource("profilesOfVerdicts")
    void the_bpf_form_answers_as_the_rules_say_or_it_is_said(String name) {
        library();
        List<Rendered> all;
        try {
            all = render(Form.BPF, name);
        } catch (BadInputException refused) {
            assertThat(refused).hasMessageContaining("refused by libseccomp");
            assertThat(isDoubtful(Resolver.resolve(read(name), HOST))).isTrue();
            return;
        }
        for (Rendered rendered : all) {
            BpfProgram program = Objects.requireNonNull(rendered.program());
            assertThat(rendered.text().lines().count())
                    .isEqualTo(program.instructions().size() + 1L);
            assertSame(name, Resolver.resolve(read(name), HOST), program);
        }
    }

    @Test
    void the_bytes_are_those_of_the_program_that_is_listed() throws IOException {
        library();
        Path file = folder.resolve("made.bpf");
        Cli run =
                Cli.run("render", "strict", "--for", "bpf", "--arch", "x86_64", "--bpf", "raw", "-o", file.toString());
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.out()).isEmpty();
        Cli listed = Cli.run("render", "strict", "--for", "bpf", "--arch", "x86_64");
        assertThat(listed.out()).endsWith(BpfListing.of(BpfProgram.parse(Files.readAllBytes(file))));
        assertThat(listed.err()).contains("hint: made by libseccomp ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"docker-default", "strict", "testdata/profiles/good/deny-list.json"})
    void the_systemd_form_is_taken_without_a_complaint(String name) throws Exception {
        Requires.command("systemd-analyze");
        Rendered rendered = Renderer.render(Form.SYSTEMD, name, read(name), List.of(HOST), "");
        Path unit = folder.resolve("profgen-test.service");
        Files.writeString(unit, rendered.text() + "ExecStart=/bin/true\n");
        Path out = folder.resolve("out");
        int status =
                run(List.of("systemd-analyze", "verify", "--man=no", "--recursive-errors=no", unit.toString()), out);
        Set<String> known = LibraryOfTests.names(library(), Arch.X86_64);
        List<String> complaints = Files.readString(out)
                .lines()
                .filter(line -> line.contains(unit.toString()))
                .toList();
        assertThat(complaints)
                .allMatch(line -> line.contains(": Failed to parse system call, ignoring: ")
                        && !known.contains(line.substring(line.lastIndexOf(' ') + 1)));
        assertThat(status).as(text(out)).isEqualTo(complaints.isEmpty() ? 0 : 1);
    }

    private Path compile(String source) throws Exception {
        Path file = Files.writeString(folder.resolve("made.c"), source);
        Path program = folder.resolve("made");
        Path said = folder.resolve("said");
        int status = run(
                List.of(
                        "gcc",
                        "-std=c11",
                        "-Wall",
                        "-Wextra",
                        "-Werror",
                        "-o",
                        program.toString(),
                        file.toString(),
                        "-lseccomp"),
                said);
        assertThat(status).as(() -> source + text(said)).isZero();
        return program;
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }

    /** Its output goes to {@code out}; what it complains of too, unless it is a made program, whose output is bytes. */
    private static int run(List<String> words, Path out) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(words).redirectOutput(out.toFile());
        if (words.get(0).endsWith("/made")) {
            builder.redirectError(ProcessBuilder.Redirect.DISCARD);
        } else {
            builder.redirectErrorStream(true);
        }
        Process process = builder.start();
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS))
                    .as(words.toString())
                    .isTrue();
            return process.exitValue();
        } finally {
            process.destroyForcibly();
        }
    }

    private static boolean isDoubtful(Filter filter) {
        return filter.abis().stream()
                .anyMatch(abi -> filter.numbers(abi).stream()
                        .anyMatch(number -> LibseccompCheck.isDoubtful(filter, abi, number)));
    }

    /** Exactly on the native ABI; on others the same is allowed. Names that the library does not know aside, and rules of which it may make something else. */
    private static void assertSame(String name, Filter policy, BpfProgram program) {
        Set<String> known = LibraryOfTests.names(library(), Arch.X86_64);
        for (Abi abi : policy.abis()) {
            SyscallTable.of(abi).names().forEach((number, call) -> {
                if (known.contains(call) && !LibseccompCheck.isDoubtful(policy, abi, number)) {
                    Regions regions = new Regions();
                    Map<Outcome, Region> wanted = policy.regions(abi, number, regions);
                    Map<Outcome, Region> got = program.regions(abi, number, regions);
                    assertThat(regions.allowed(got))
                            .as("%s: %s %s", name, abi, call)
                            .isEqualTo(regions.allowed(wanted));
                    if (abi.isNative()) {
                        assertThat(got).as("%s: %s", name, call).isEqualTo(wanted);
                    }
                }
            });
        }
    }
}
