package io.crashplug.elfcore;

/**
 * What a kernel makes of one hotplug event: {@code crash_handle_hotplug_event()} with {@code
 * arch_crash_handle_hotplug_event()} (kernel/crash_core.c, arch/x86/kernel/crash.c, Linux 6.6) as a function.
 *
 * <pre>
 *   not permitted? -> no elfcorehdr? -> CPU event that is skipped? -> not buildable? -> elfsz > memsz? -> the same bytes?
 *        |                 |                    |                         |                |                  |
 *   NotPermitted      NoElfcorehdr           Skipped                NotBuildable       DoesNotFit   Unchanged, Rebuilt
 * </pre>
 */
public sealed interface HotplugHandling {

    /** The image must not be rewritten in place. */
    record NotPermitted() implements HotplugHandling {}

    /** "unable to locate elfcorehdr segment". */
    record NoElfcorehdr() implements HotplugHandling {}

    /** The image as it is after an event that got as far as the header's segment. */
    sealed interface Reached extends HotplugHandling {
        ArmedImage image();
    }

    /** A CPU event on a header that lists every possible CPU: nothing to do. */
    record Skipped(ArmedImage image) implements Reached {}

    /** "unable to prepare elfcore headers"; the old header stays. */
    record NotBuildable(ArmedImage image, Errno errno) implements Reached {}

    /** An event for which a header was built. */
    sealed interface Built extends Reached {
        ElfCoreHeader header();
    }

    /** "update elfcorehdr elfsz N > memsz M"; the old header stays. */
    record DoesNotFit(ArmedImage image, ElfCoreHeader header, long memszBytes) implements Built {}

    /** The new header equals the bytes in place. */
    record Unchanged(ArmedImage image, ElfCoreHeader header) implements Built {}

    /** "updated elfcorehdr": the new header was copied over the old one. */
    record Rebuilt(ArmedImage image, ElfCoreHeader header) implements Built {}

    /**
     * Handles an event.
     *
     * @param inputs the guest as the handler finds it
     * @param goingOffline CPUs that a CPU event takes offline; a memory event has none
     */
    static HotplugHandling handle(
            KernelProfile profile, ArmedImage image, KernelEvent event, HeaderInputs inputs, CpuSet goingOffline) {
        var support = profile.hotplugSupport();
        var index = image.elfcorehdrIndex();
        boolean permitted = support.permits(image.loadPath(), image.flags());
        if (!permitted && support.rewrites()) {
            return new NotPermitted();
        }
        if (index.isEmpty()) {
            return new NoElfcorehdr();
        }
        var reached = permitted ? image.reachedByEvent(index.getAsInt()) : image;
        if (support.skips(event, image.loadPath(), image.elfcorehdrUpdated())) {
            return new Skipped(reached);
        }
        var rebuild = rebuild(profile, reached, index.getAsInt(), inputs, goingOffline);
        // Without crash hotplug a kernel never looks at the header again; that only matters where it would differ.
        return permitted || rebuild instanceof Unchanged ? rebuild : new NotPermitted();
    }

    private static HotplugHandling rebuild(
            KernelProfile profile, ArmedImage image, int index, HeaderInputs inputs, CpuSet goingOffline) {
        var build = ElfCoreHeader.build(profile, inputs, goingOffline);
        if (build instanceof HeaderBuild.NotBuildable failure) {
            return new NotBuildable(image, failure.errno());
        }
        var header = ((HeaderBuild.Built) build).header();
        var content = image.contents().get(index);
        if (Long.compareUnsigned(header.elfsz(), content.memszBytes()) > 0) {
            return new DoesNotFit(image, header, content.memszBytes());
        }
        if (content.startsWith(header.bytes())) {
            return new Unchanged(image, header);
        }
        return new Rebuilt(image.withContent(index, content.overwrittenBy(header.bytes())), header);
    }
}
