package profgen.diff;

import java.util.EnumSet;
import java.util.Set;
import profgen.diff.Side.OnHost;
import profgen.syscall.Abi;

/** Both sides on one host. */
record Ground(Asked asked, OnHost a, OnHost b) {
    static Ground of(Asked asked, Side a, Side b) {
        return new Ground(asked, a.on(asked.host()), b.on(asked.host()));
    }

    /** Calls of these are compared one by one. */
    Set<Abi> common() {
        Set<Abi> common = EnumSet.copyOf(a.abis());
        common.retainAll(b.abis());
        return common;
    }

    Set<Abi> onlyInOne() {
        Set<Abi> one = EnumSet.noneOf(Abi.class);
        one.addAll(a.abis());
        one.addAll(b.abis());
        one.removeAll(common());
        return one;
    }
}
