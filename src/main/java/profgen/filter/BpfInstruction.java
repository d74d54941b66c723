package profgen.filter;

/**
 * One struct sock_filter.
 *
 * @param jumpTrue instructions to skip when a condition holds, 0 to 255
 * @param jumpFalse instructions to skip when it does not, 0 to 255
 */
public record BpfInstruction(int code, int jumpTrue, int jumpFalse, int k) {
    static final int LOAD = 0x00;
    static final int LOAD_INDEX = 0x01;
    static final int STORE = 0x02;
    static final int STORE_INDEX = 0x03;
    static final int ALU = 0x04;
    static final int JUMP = 0x05;
    static final int RETURN = 0x06;
    static final int MISC = 0x07;
    /** The operand is the index register instead of {@link #k}. */
    static final int SOURCE_INDEX = 0x08;

    static final int MODE_IMMEDIATE = 0x00;
    static final int MODE_ABSOLUTE = 0x20;
    static final int MODE_MEMORY = 0x60;
    static final int MODE_LENGTH = 0x80;

    static final int JUMP_ALWAYS = 0x00;
    static final int JUMP_EQUAL = 0x10;
    static final int JUMP_GREATER = 0x20;
    static final int JUMP_GREATER_EQUAL = 0x30;
    static final int JUMP_SET = 0x40;
    static final int RETURN_A = 0x10;
    static final int AND = 0x50;
    static final int TO_A = 0x80;

    public BpfInstruction {
        if (code < 0 || code > 0xFFFF || jumpTrue < 0 || jumpTrue > 0xFF || jumpFalse < 0 || jumpFalse > 0xFF) {
            throw new IllegalArgumentException("no struct sock_filter: " + code + " " + jumpTrue + " " + jumpFalse);
        }
    }

    int family() {
        return code & 0x07;
    }

    /** Of a jump or an arithmetic instruction. */
    int operation() {
        return code & 0xF0;
    }

    int mode() {
        return code & 0xE0;
    }

    boolean usesIndex() {
        return (code & SOURCE_INDEX) != 0;
    }
}
