package profgen;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Which package may use which: "may use" includes what those may use. */
class PackageTableTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("profgen");

    private static final Map<String, List<String>> MAY_USE = Map.ofEntries(
            Map.entry("syscall", List.of()),
            Map.entry("capability", List.of()),
            Map.entry("image", List.of()),
            Map.entry("container", List.of("image", "capability")),
            Map.entry("recording", List.of("syscall", "capability")),
            Map.entry("tracer", List.of("recording", "container")),
            Map.entry("profile", List.of("syscall", "capability")),
            Map.entry("generate", List.of("recording", "profile")),
            Map.entry("filter", List.of("profile")),
            Map.entry("diff", List.of("filter", "recording")),
            Map.entry("lint", List.of("filter")),
            Map.entry("render", List.of("filter")),
            Map.entry("verify", List.of("container", "filter", "recording", "tracer", "generate")),
            Map.entry("host", List.of("filter", "capability", "tracer")),
            Map.entry("report", List.of("recording", "profile", "diff", "lint")));

    @ParameterizedTest
    @MethodSource("rooms")
    void a_package_uses_only_what_the_table_allows(String room) {
        String[] allowed = Stream.concat(
                        Stream.of("profgen"), closure(room).stream().map(name -> "profgen." + name + ".."))
                .toArray(String[]::new);
        ArchRule rule = noClasses()
                .that()
                .resideInAPackage("profgen." + room + "..")
                .should()
                .dependOnClassesThat(resideInAPackage("profgen..")
                        .and(com.tngtech.archunit.base.DescribedPredicate.not(resideInAnyPackage(allowed))))
                .allowEmptyShould(true);
        rule.check(CLASSES);
    }

    static Stream<String> rooms() {
        return MAY_USE.keySet().stream().sorted();
    }

    private static Set<String> closure(String room) {
        Set<String> reached = new TreeSet<>(List.of(room));
        for (String next : MAY_USE.getOrDefault(room, List.of())) {
            reached.addAll(closure(next));
        }
        return reached;
    }

    @Test
    void there_is_no_package_beside_the_table() {
        Set<String> known = new TreeSet<>(MAY_USE.keySet());
        known.add("cli");
        Set<String> found = new TreeSet<>();
        CLASSES.forEach(type -> Arrays.stream(type.getPackageName().split("\\.", -1))
                .skip(1)
                .limit(1)
                .forEach(found::add));
        Assertions.assertThat(known).containsAll(found);
    }

    @Test
    void a_library_is_used_only_where_it_belongs() {
        onlyIn("picocli..", "profgen.cli..");
        onlyIn("org.apache.commons.compress..", "profgen.image..");
        onlyIn("com.github.luben..", "profgen.image..");
        onlyIn("com.sun.jna..", "profgen.filter..", "profgen.host..", "profgen.image..", "profgen.tracer..");
    }

    private static void onlyIn(String library, String... rooms) {
        noClasses()
                .that()
                .resideOutsideOfPackages(rooms)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library)
                .check(CLASSES);
    }

    @Test
    void only_main_ends_the_jvm() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName("profgen.cli.Main")
                .should()
                .callMethod(System.class, "exit", int.class)
                .check(CLASSES);
    }

    @Test
    void only_the_commands_print() {
        noClasses()
                .that()
                .resideOutsideOfPackage("profgen.cli..")
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .check(CLASSES);
    }

    @Test
    void the_root_package_holds_the_three_failures_only() {
        classes()
                .that()
                .resideInAPackage("profgen")
                .and()
                .doNotHaveSimpleName("package-info")
                .should()
                .beAssignableTo(RuntimeException.class)
                .check(CLASSES);
    }
}
