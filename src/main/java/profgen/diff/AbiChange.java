package profgen.diff;

import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import profgen.syscall.Abi;

/**
 * An ABI whose every call is killed on one side.
 *
 * @param opened by B; else B closes it
 * @param allowed how many calls of it the other side allows, for some arguments at least
 */
public record AbiChange(Abi abi, boolean opened, int allowed, List<Place> places, List<String> where, Witness callSeen)
        implements Change {
    public AbiChange {
        places = List.copyOf(new TreeSet<>(places));
        where = List.copyOf(where);
    }

    @Override
    public String kind() {
        return opened ? "abi-opened" : "abi-closed";
    }

    @Override
    public String subject() {
        return abi.label();
    }

    @Override
    public Direction direction() {
        return allowed == 0 ? Direction.OTHER : opened ? Direction.LOOSENED : Direction.TIGHTENED;
    }

    @Override
    public String detail() {
        return opened ? "killed -> open, with " + allowed + " calls allowed" : allowed + " calls allowed -> killed";
    }

    @Override
    public String path(ProfileText text) {
        return text.ofAbi(abi);
    }

    @Override
    public String inWords() {
        return opened
                ? "the ABI " + abi.label() + " is opened: " + allowed + " of its calls are allowed"
                : "the ABI " + abi.label() + " is closed: its calls kill, " + allowed + " were allowed";
    }

    @Override
    public Optional<Witness> witness() {
        return Optional.of(callSeen);
    }
}
