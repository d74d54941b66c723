package profgen.filter;

import java.util.List;
import java.util.Optional;
import profgen.profile.ArgumentTest;

/**
 * A set of arguments, each of 64 bits. Two regions of one {@link Regions} hold the same arguments exactly when they are equal.
 * Operations take regions of the same owner only.
 */
public final class Region {
    private final Regions owner;
    private final int node;

    Region(Regions owner, int node) {
        this.owner = owner;
        this.node = node;
    }

    int node() {
        return node;
    }

    public boolean isEmpty() {
        return node == Nodes.NONE;
    }

    public boolean isAll() {
        return node == Nodes.ALL;
    }

    public Region and(Region other) {
        return owner.combine(Nodes.Operation.AND, this, other);
    }

    public Region or(Region other) {
        return owner.combine(Nodes.Operation.OR, this, other);
    }

    public Region minus(Region other) {
        return owner.combine(Nodes.Operation.MINUS, this, other);
    }

    public Region complement() {
        return owner.all().minus(this);
    }

    public boolean contains(long... arguments) {
        return owner.contains(this, arguments);
    }

    /** The six arguments that come first when argument 0 counts most; empty if there are none. */
    public Optional<long[]> witness() {
        return isEmpty() ? Optional.empty() : Optional.of(owner.smallest(this));
    }

    /**
     * The same set as alternatives, each of which asks EQ and MASKED_EQ at most once of an argument; they do not overlap. Empty if it
     * takes more than {@code limit} of them.
     */
    public Optional<List<List<ArgumentTest>>> alternatives(int limit) {
        return owner.alternatives(this, limit);
    }

    boolean belongsTo(Regions regions) {
        return owner == regions;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Region region && region.owner == owner && region.node == node;
    }

    @Override
    public int hashCode() {
        return node;
    }

    @Override
    public String toString() {
        return isEmpty() ? "nothing" : isAll() ? "everything" : "region " + node;
    }
}
