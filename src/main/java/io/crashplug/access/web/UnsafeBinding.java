package io.crashplug.access.web;

/** The service would let anybody do anything who was not meant to. */
class UnsafeBinding extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** @param sentence tells the operator what does not go together */
    UnsafeBinding(String sentence) {
        super(sentence);
    }
}
