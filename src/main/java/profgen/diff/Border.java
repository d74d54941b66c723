package profgen.diff;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import profgen.profile.Condition;
import profgen.profile.Profile;
import profgen.profile.Rule;
import profgen.syscall.Abi;
import profgen.syscall.SyscallTable;

/**
 * The highest number that a profile's kept rules name, above which runc answers ENOSYS to calls that no rule names: a condition moves it.
 *
 * @param always what rules without a condition name, in each ABI
 * @param rising the rules with a condition that name a higher number
 */
record Border(Map<Abi, Integer> always, Set<Rising> rising) {
    Border {
        always = Map.copyOf(always);
        rising = Set.copyOf(rising);
    }

    /** Names a rule's highest numbers, and no capability by its number: text is what an engine compares. */
    record Rising(Map<Abi, Integer> highest, Condition includes, Condition excludes) {}

    static Border of(Profile profile) {
        Map<Abi, Integer> always = new EnumMap<>(Abi.class);
        for (Rule rule : profile.syscalls()) {
            if (!isConditional(rule)) {
                highest(rule.names()).forEach((abi, number) -> always.merge(abi, number, Math::max));
            }
        }
        return new Border(
                always,
                profile.syscalls().stream()
                        .filter(Border::isConditional)
                        .map(rule -> new Rising(highest(rule.names()), rule.includes(), rule.excludes()))
                        .filter(rule -> isAbove(rule.highest(), always))
                        .collect(Collectors.toSet()));
    }

    private static boolean isConditional(Rule rule) {
        return !rule.includes().isEmpty() || !rule.excludes().isEmpty();
    }

    /** Some host answers the call otherwise than another for the border's sake alone. */
    boolean canPass(String call) {
        return !rising.isEmpty() && isAbove(highest(List.of(call)), always);
    }

    private static boolean isAbove(Map<Abi, Integer> numbers, Map<Abi, Integer> always) {
        return numbers.entrySet().stream().anyMatch(one -> one.getValue() > always.getOrDefault(one.getKey(), 0));
    }

    private static Map<Abi, Integer> highest(List<String> names) {
        Map<Abi, Integer> highest = new EnumMap<>(Abi.class);
        for (Abi abi : Abi.values()) {
            SyscallTable table = SyscallTable.of(abi);
            for (String name : names) {
                table.number(name).ifPresent(number -> highest.merge(abi, number, Math::max));
            }
        }
        return highest;
    }
}
