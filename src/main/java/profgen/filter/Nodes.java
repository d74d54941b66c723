package profgen.filter;

import java.util.Arrays;

/**
 * A reduced ordered binary decision diagram over the 384 bits of six arguments: argument 0 first, in each the highest bit first.
 * Comparisons, masks and intervals are linear in this order. A node is an index; equal sets have equal indexes.
 */
final class Nodes {
    static final int NONE = 0;
    static final int ALL = 1;
    private static final int TERMINAL = Integer.MAX_VALUE;

    private final int budget;
    private int[] variable = new int[256];
    private int[] low = new int[256];
    private int[] high = new int[256];
    private int size = 2;
    private int[] unique = new int[512];
    private long[] keys = new long[256];
    private int[] results = new int[256];
    private int cached;
    private int work;

    /** @param budget how many nodes may be made and how many steps be taken, together; a key has 30 bits for a node */
    Nodes(int budget) {
        if (budget < 0 || budget >= 1 << 30) {
            throw new IllegalArgumentException("budget " + budget);
        }
        this.budget = budget;
        variable[NONE] = TERMINAL;
        variable[ALL] = TERMINAL;
    }

    int work() {
        return work;
    }

    int variable(int node) {
        return variable[node];
    }

    boolean isTerminal(int node) {
        return node <= ALL;
    }

    int low(int node) {
        return low[node];
    }

    int high(int node) {
        return high[node];
    }

    /** The set whose members with the bit clear are {@code ifClear}, with it set {@code ifSet}. Both must lie below the bit. */
    int node(int bit, int ifClear, int ifSet) {
        if (ifClear == ifSet) {
            return ifClear;
        }
        int slot = find(bit, ifClear, ifSet);
        if (unique[slot] == 0) {
            unique[slot] = append(bit, ifClear, ifSet);
            if (size * 2 > unique.length) {
                rehash();
                return size - 1;
            }
        }
        return unique[slot];
    }

    private int find(int bit, int ifClear, int ifSet) {
        int mask = unique.length - 1;
        int slot = hash(bit * 31L + ifClear, ifSet) & mask;
        while (unique[slot] != 0 && !is(unique[slot], bit, ifClear, ifSet)) {
            slot = slot + 1 & mask;
        }
        return slot;
    }

    private boolean is(int node, int bit, int ifClear, int ifSet) {
        return variable[node] == bit && low[node] == ifClear && high[node] == ifSet;
    }

    private int append(int bit, int ifClear, int ifSet) {
        step();
        if (size == variable.length) {
            variable = Arrays.copyOf(variable, size * 2);
            low = Arrays.copyOf(low, size * 2);
            high = Arrays.copyOf(high, size * 2);
        }
        variable[size] = bit;
        low[size] = ifClear;
        high[size] = ifSet;
        return size++;
    }

    private void rehash() {
        unique = new int[unique.length * 4];
        for (int node = ALL + 1; node < size; node++) {
            unique[find(variable[node], low[node], high[node])] = node;
        }
    }

    private void step() {
        if (++work > budget) {
            throw new Undecided("more than " + budget + " steps");
        }
    }

    int combine(Operation operation, int left, int right) {
        int known = operation.shortcut(left, right);
        if (known >= 0) {
            return known;
        }
        long key = operation.tag | (long) left << 30 | right;
        int slot = cacheSlot(key);
        if (keys[slot] == key) {
            return results[slot];
        }
        step();
        int bit = Math.min(variable[left], variable[right]);
        int ifClear = combine(
                operation, variable[left] == bit ? low[left] : left, variable[right] == bit ? low[right] : right);
        int ifSet = combine(
                operation, variable[left] == bit ? high[left] : left, variable[right] == bit ? high[right] : right);
        int result = node(bit, ifClear, ifSet);
        remember(key, result);
        return result;
    }

    /** No key is 0, which marks a free slot. */
    private int cacheSlot(long key) {
        int mask = keys.length - 1;
        int slot = hash(key, 17) & mask;
        while (keys[slot] != 0 && keys[slot] != key) {
            slot = slot + 1 & mask;
        }
        return slot;
    }

    private void remember(long key, int result) {
        if (++cached * 2 > keys.length) {
            long[] oldKeys = keys;
            int[] oldResults = results;
            keys = new long[oldKeys.length * 4];
            results = new int[oldKeys.length * 4];
            for (int i = 0; i < oldKeys.length; i++) {
                if (oldKeys[i] != 0) {
                    put(oldKeys[i], oldResults[i]);
                }
            }
        }
        put(key, result);
    }

    private void put(long key, int result) {
        int slot = cacheSlot(key);
        keys[slot] = key;
        results[slot] = result;
    }

    private static int hash(long a, long b) {
        long mixed = (a * 0x9E3779B97F4A7C15L ^ b) * 0xC2B2AE3D27D4EB4FL;
        return (int) (mixed >>> 32);
    }

    /** A set operation, with what it gives when that needs no look inside; -1 when it does. */
    enum Operation {
        AND(1L << 60) {
            @Override
            int shortcut(int left, int right) {
                return left == right || right == ALL
                        ? left
                        : left == ALL ? right : left == NONE || right == NONE ? NONE : -1;
            }
        },
        OR(2L << 60) {
            @Override
            int shortcut(int left, int right) {
                return left == right || right == NONE
                        ? left
                        : left == NONE ? right : left == ALL || right == ALL ? ALL : -1;
            }
        },
        MINUS(3L << 60) {
            @Override
            int shortcut(int left, int right) {
                return left == right || left == NONE || right == ALL ? NONE : right == NONE ? left : -1;
            }
        };

        /** Above the two operands in a key of the cache. */
        private final long tag;

        Operation(long tag) {
            this.tag = tag;
        }

        abstract int shortcut(int left, int right);
    }
}
