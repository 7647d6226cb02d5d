import io.crashplug.client.ApiClient;
import io.crashplug.client.ApiException;
import io.crashplug.client.api.CrashImageApi;
import io.crashplug.client.api.HotplugEventsApi;
import io.crashplug.client.api.MachineImportsApi;
import io.crashplug.client.api.MachinesApi;
import io.crashplug.client.model.Change;
import io.crashplug.client.model.ChangeSet;
import io.crashplug.client.model.GuestBundle;
import io.crashplug.client.model.ImportDocument;
import io.crashplug.client.model.LoadCrashImage;
import io.crashplug.client.model.PhysicalRange;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** What most users do, by the generated client: a guest, its image, a DIMM, the header after it, and a refusal. */
public final class MainJob {

    private MainJob() {}

    public static List<String> run(String base, Path examples) throws Exception {
        var client = new ApiClient();
        client.updateBaseUri(base);
        var said = new ArrayList<String>();

        var bundle = client.getObjectMapper().readValue(examples.resolve("vm-17.guest.json").toFile(), GuestBundle.class);
        var imported = new MachineImportsApi(client).importMachine(new ImportDocument(bundle), null, null, null, null, null, null, null, null, "import-1");
        said.add("exactness " + imported.getMachine().getExactness());

        var images = new CrashImageApi(client);
        var image = images.loadCrashImage(
                "vm-17", new LoadCrashImage().loadPath(LoadCrashImage.LoadPathEnum.KEXEC_FILE_LOAD), null, null);
        said.add("segments " + image.getSegments().size());

        var dimm = new Change()
                .action(Change.ActionEnum.ADD_MEMORY)
                .range(new PhysicalRange().start("0x100000000").sizeBytes(256L << 20));
        var events = new HotplugEventsApi(client);
        var event = events.applyChangeSet("vm-17", new ChangeSet().addChangesItem(dimm), null, null, null, "dimm-1");
        said.add("outcome " + event.getOutcome() + ", " + event.getHeader().getPhdrCount() + " program headers");

        var segment = images.getSegmentContent("vm-17", 0, null, null, null, null);
        var digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(segment.toPath()));
        Files.delete(segment.toPath());
        said.add("sha256 " + HexFormat.of().formatHex(digest));

        said.add("machines " + new MachinesApi(client).listMachines("vm-17", 1, null, null, null, null).getItems().size());
        said.add("history " + events.listHotplugEvents("vm-17", null, null, null, null, null, "asc", 50, null, null)
                .getItems().size());
        try {
            events.applyChangeSet("vm-17", new ChangeSet().addChangesItem(dimm), null, null, null, null);
        } catch (ApiException e) {
            var problem = client.getObjectMapper().readTree(e.getResponseBody());
            said.add("refused " + e.getCode() + " " + problem.get("type").asText());
        }
        return said;
    }
}
