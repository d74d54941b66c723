package profgen.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import profgen.profile.ArgumentTest;
import profgen.profile.ArgumentTest.Operator;

class RegionsTest {
    private static final List<Long> EDGES = List.of(
            0L,
            1L,
            2L,
            0x7FFFFFFFL,
            0x80000000L,
            0xFFFFFFFFL,
            0x100000000L,
            0x100000001L,
            Long.MAX_VALUE,
            Long.MIN_VALUE,
            -2L,
            -1L);

    private static final List<Operator> OPERATORS = List.of(Operator.values());

    private final Regions regions = new Regions();

    @ParameterizedTest
    @EnumSource(Operator.class)
    void a_region_holds_what_its_test_matches(Operator operator) {
        for (long value : EDGES) {
            for (long two : EDGES) {
                ArgumentTest test = new ArgumentTest(3, operator, value, operator == Operator.MASKED_EQ ? two : 0);
                Region region = regions.of(test);
                for (long argument : EDGES) {
                    for (long near = argument - 1; near != argument + 2; near++) {
                        assertThat(region.contains(7, 7, 7, near))
                                .as("%s on %s", test, Long.toUnsignedString(near))
                                .isEqualTo(test.matches(near));
                    }
                }
            }
        }
    }

    @Test
    void the_same_set_said_in_two_ways_is_equal() {
        Region below = regions.of(new ArgumentTest(0, Operator.LT, 40, 0));
        assertThat(below).isEqualTo(regions.of(new ArgumentTest(0, Operator.LE, 39, 0)));
        assertThat(below.complement()).isEqualTo(regions.of(new ArgumentTest(0, Operator.GE, 40, 0)));
        assertThat(regions.of(ArgumentTest.masked(2, -1L, 9)))
                .isEqualTo(regions.of(new ArgumentTest(2, Operator.EQ, 9, 0)));
    }

    @Test
    void every_value_but_one_is_what_lies_below_and_above_it() {
        Region below = regions.of(new ArgumentTest(0, Operator.LT, 40, 0));
        Region above = regions.of(new ArgumentTest(0, Operator.GT, 40, 0));
        assertThat(below.or(above)).isEqualTo(regions.of(new ArgumentTest(0, Operator.NE, 40, 0)));
    }

    @Test
    void the_witness_of_a_difference_is_its_smallest_call() {
        Region all = regions.of(new ArgumentTest(1, Operator.GE, 5, 0));
        Region some = regions.of(ArgumentTest.masked(1, 1, 1));
        assertThat(all.minus(some).witness())
                .hasValueSatisfying(found -> assertThat(found).containsExactly(0, 6, 0, 0, 0, 0));
        assertThat(all.minus(all).witness()).isEmpty();
    }

    @Test
    void a_test_that_nothing_passes_is_empty_and_one_that_all_pass_is_everything() {
        assertThat(regions.of(new ArgumentTest(0, Operator.LT, 0, 0)).isEmpty()).isTrue();
        assertThat(regions.of(ArgumentTest.masked(0, 0xFF, 0x100)).isEmpty()).isTrue();
        assertThat(regions.of(new ArgumentTest(0, Operator.GE, 0, 0)).isAll()).isTrue();
        assertThat(regions.of(ArgumentTest.masked(0, 0, 0)).isAll()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void random_sets_follow_the_laws_of_sets(long seed) {
        Random random = new Random(seed);
        for (int round = 0; round < 100; round++) {
            Region a = random(random);
            Region b = random(random);
            assertThat(a.minus(b).or(a.and(b))).isEqualTo(a);
            assertThat(a.or(b).complement()).isEqualTo(a.complement().and(b.complement()));
            assertThat(a.minus(b).and(b).isEmpty()).isTrue();
            Optional<long[]> witness = a.minus(b).witness();
            assertThat(witness.isEmpty()).isEqualTo(a.minus(b).isEmpty());
            witness.ifPresent(found -> assertThat(a.contains(found) && !b.contains(found))
                    .as(Arrays.toString(found))
                    .isTrue());
        }
    }

    private Region random(Random random) {
        Region region = regions.none();
        for (int alternatives = 1 + random.nextInt(3); alternatives > 0; alternatives--) {
            Region product = regions.all();
            for (int tests = 1 + random.nextInt(3); tests > 0; tests--) {
                Operator operator = OPERATORS.get(random.nextInt(OPERATORS.size()));
                long value = EDGES.get(random.nextInt(EDGES.size())) + random.nextInt(3);
                product = product.and(
                        regions.of(new ArgumentTest(random.nextInt(6), operator, value, value & random.nextLong())));
            }
            region = region.or(product);
        }
        return region;
    }

    @Test
    void rules_made_to_be_hard_are_undecided_and_not_endless() {
        Optional<Boolean> answer = Regions.attempt(100_000, workspace -> {
            Region union = workspace.none();
            for (int bit = 0; bit < 64; bit++) {
                Region here = workspace.of(ArgumentTest.masked(0, 1L << bit, 1L << bit));
                union = union.or(here.and(workspace.of(ArgumentTest.masked(1, 1L << bit, 1L << bit))));
            }
            return union.isAll();
        });
        assertThat(answer).isEmpty();
    }

    @Test
    void regions_of_two_workspaces_do_not_mix() {
        assertThatThrownBy(() -> regions.all().and(new Regions().all())).isInstanceOf(IllegalArgumentException.class);
    }
}
