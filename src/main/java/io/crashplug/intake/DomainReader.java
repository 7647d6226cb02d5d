package io.crashplug.intake;

import io.crashplug.elfcore.CpuId;
import io.crashplug.elfcore.CpuSet;
import io.crashplug.machine.MemoryDevice;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads what {@code virsh dumpxml} prints. Elements are those of libvirt's domain format, 9.0. */
public final class DomainReader {

    private static final long MIB = 1L << 20;

    private final DomainXml domain;
    private final List<GuestImport.Warning> warnings = new ArrayList<>();
    private final List<DeviceMemory> devices = new ArrayList<>();
    private final List<String> others = new ArrayList<>();
    private long deviceBytes;

    private DomainReader(DomainXml domain) {
        this.domain = domain;
    }

    /**
     * What a domain tells.
     *
     * @throws IllegalArgumentException if it is no domain, or what it says cannot be
     */
    public static HypervisorFacts read(String xml) {
        var root = DomainXml.parse(xml);
        if (!root.name().equals("domain")) {
            throw new IllegalArgumentException(
                    "the XML is a <%s>, not the <domain> that virsh dumpxml prints".formatted(root.name()));
        }
        return new DomainReader(root).facts();
    }

    private HypervisorFacts facts() {
        var type = domain.find("os/type");
        checkArchitecture(type.flatMap(os -> os.attribute("arch")).orElse("x86_64"));
        domain.find("devices").ifPresent(all -> all.children("memory").forEach(this::device));
        var cpus = possible();
        return new HypervisorFacts(
                "the libvirt domain",
                domain.find("name").map(DomainXml::text).orElse(null),
                domain.find("description").map(DomainXml::text).orElse(""),
                cpus,
                present(cpus),
                SyntheticLayout.Chipset.of(
                        type.flatMap(os -> os.attribute("machine")).orElse(""), warnings::add),
                bootBytes(),
                devices,
                others,
                warnings);
    }

    private void warn(String code, String detail) {
        warnings.add(new GuestImport.Warning(code, detail));
    }

    private void checkArchitecture(String architecture) {
        if (architecture.equals("i686")) {
            warn("other-architecture", "the domain is of architecture i686; the layout is that of x86_64");
        } else if (!architecture.equals("x86_64")) {
            throw new IllegalArgumentException(
                    "the domain is of architecture %s; layouts are known of x86_64 only".formatted(architecture));
        }
    }

    private CpuSet possible() {
        var most = domain.find("vcpu").map(DomainXml::text).orElse("1");
        int count = DomainNumbers.count(most, CpuId.MAX + 1, "<vcpu>");
        if (count < 1) {
            throw new IllegalArgumentException("<vcpu> is 0");
        }
        return CpuSet.first(count);
    }

    private CpuSet present(CpuSet possible) {
        var each = domain.find("vcpus").map(all -> all.children("vcpu")).orElse(List.of());
        if (each.isEmpty()) {
            return domain.find("vcpu")
                    .flatMap(vcpu -> vcpu.attribute("current"))
                    .map(current -> CpuSet.first(DomainNumbers.count(current, possible.count(), "current of <vcpu>")))
                    .orElse(possible);
        }
        var enabled = CpuSet.of(each.stream()
                .filter(vcpu -> vcpu.attribute("enabled").orElse("yes").equals("yes"))
                .map(vcpu -> new CpuId(
                        DomainNumbers.count(vcpu.attribute("id").orElse(""), possible.count() - 1, "id of <vcpu>")))
                .toList());
        if (!enabled.equals(CpuSet.first(enabled.count()))) {
            warn(
                    "cpu-numbers-assumed",
                    "the numbers of vCPUs were taken for those of CPUs; Linux numbers those first that it boots with");
        }
        return enabled;
    }

    /**
     * libvirt rounds that of each cell up to a MiB, and that of each device to two: qemuDomainAlignMemorySizes(),
     * src/qemu/qemu_domain.c, 9.0.
     */
    private long bootBytes() {
        var cells = domain.find("cpu/numa").map(numa -> numa.children("cell")).orElse(List.of());
        long bytes = 0;
        for (var cell : cells) {
            bytes += roundedUp(
                    DomainNumbers.bytes(
                            cell.attribute("memory").orElse(""),
                            cell.attribute("unit").orElse("KiB"),
                            "cell"),
                    MIB);
        }
        if (cells.isEmpty()) {
            long all = DomainNumbers.bytes(domain.find("memory")
                    .orElseThrow(() -> new IllegalArgumentException("the domain has no <memory>")));
            if (all <= deviceBytes) {
                throw new IllegalArgumentException(
                        "all of the domain's %d bytes of memory are its devices', which have %d"
                                .formatted(all, deviceBytes));
            }
            bytes = all - deviceBytes;
        }
        return roundedUp(bytes, MIB);
    }

    private static long roundedUp(long bytes, long unit) {
        return (bytes + unit - 1) / unit * unit;
    }

    private void device(DomainXml memory) {
        var model = memory.attribute("model").orElse("");
        var id = memory.find("alias")
                .flatMap(alias -> alias.attribute("name"))
                .orElse(model.replace("-", "") + devices.size());
        long told = memory.find("target/size")
                .map(DomainNumbers::bytes)
                .orElseThrow(() -> new IllegalArgumentException("device \"%s\" has no size".formatted(id)));
        deviceBytes += told;
        long size = roundedUp(told, 2 * MIB);
        switch (model) {
            case "dimm" ->
                devices.add(new DeviceMemory(
                        device(MemoryDevice.Type.DIMM, id, memory), size, address(memory, "address"), size));
            case "virtio-mem" ->
                devices.add(new DeviceMemory(
                        device(MemoryDevice.Type.VIRTIO_MEM, id, memory),
                        size,
                        address(memory, "target/address"),
                        memory.find("target/current").map(DomainNumbers::bytes).orElse(null)));
            default -> {
                others.add(id);
                warnings.add(GuestImport.Warning.ofOtherDevice(id, model.toLowerCase(Locale.ROOT)));
            }
        }
    }

    private static MemoryDevice device(MemoryDevice.Type type, String id, DomainXml memory) {
        var slot = memory.find("address").flatMap(address -> address.attribute("slot"));
        var node = memory.find("target/node").map(DomainXml::text);
        if (id.isEmpty() || id.length() > MemoryDevice.MAX_ID_LENGTH) {
            throw new IllegalArgumentException(
                    "a device's alias has not 1 to %d characters".formatted(MemoryDevice.MAX_ID_LENGTH));
        }
        return new MemoryDevice(
                type,
                id,
                type == MemoryDevice.Type.DIMM
                        ? slot.map(number -> DomainNumbers.count(number, 255, "slot"))
                                .orElse(null)
                        : null,
                node.map(number -> DomainNumbers.count(number, 1023, "<node>")).orElse(null));
    }

    private static @Nullable Long address(DomainXml memory, String path) {
        return memory.find(path)
                .flatMap(address -> address.attribute("base"))
                .map(base -> DomainNumbers.address(base, "base"))
                .orElse(null);
    }
}
