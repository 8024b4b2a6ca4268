using System.Globalization;
using System.Text;
using AkkaKv.Commands.Configuration;

namespace AkkaKv.Commands.Commands.Server;

/// <summary>MEMORY DOCTOR: looks at the memory's figures and says in words what an operator might want to do about them.</summary>
internal static class MemoryDoctor
{
    private const long Mega = 1024 * 1024;

    // Ratios of a few megabytes say nothing.
    private const long WorthLooking = 5 * Mega;

    public static void Run(CommandContext context) =>
        context.Reply.Verbatim(Encoding.ASCII.GetBytes(Examine(context.Engine)), "txt"u8);

    private static string Examine(CommandEngine engine)
    {
        var memory = MemoryFigures.Of(engine);
        var findings = new List<string>();
        AddLimit(engine, memory, findings);
        if (memory.Used >= WorthLooking)
        {
            AddDistribution(engine, memory, findings);
        }

        string state = string.Create(
            CultureInfo.InvariantCulture,
            $"{memory.Keys} keys; {MemorySize.Format(memory.Used)} used, of it {MemorySize.Format(memory.DataSet)} keys and values; {MemorySize.Format(memory.Resident)} resident.\n");
        return findings.Count == 0
            ? state + "No problem found.\n"
            : state + string.Concat(findings.Select(finding => "* " + finding + "\n"));
    }

    private static void AddLimit(CommandEngine engine, MemoryFigures memory, List<string> findings)
    {
        long limit = engine.Settings.MaxMemory;
        long counted = memory.Used - memory.NotCounted;
        bool evicts = engine.Settings.MaxMemoryPolicy.Order != EvictionOrder.None;
        if (limit == 0)
        {
            if (engine.Server.Facts.SystemMemory > 0 && memory.Resident > engine.Server.Facts.SystemMemory * 3 / 4)
            {
                findings.Add("The process has more than three quarters of the machine's memory and no limit: set maxmemory, or the system will end it one day.");
            }
        }
        else if (engine.MemoryLimit.IsOutOfMemory)
        {
            findings.Add(
                evicts
                    ? "Writes are refused: memory is above maxmemory and no key may be evicted. Raise maxmemory, or choose an allkeys policy."
                    : "Writes are refused: memory is above maxmemory and the policy is noeviction. Raise maxmemory, remove keys, or choose a policy that evicts.");
        }
        else if (!evicts && counted > limit * 0.9)
        {
            findings.Add(
                string.Create(CultureInfo.InvariantCulture, $"Memory is at {100.0 * counted / limit:0} % of maxmemory; beyond it writes are refused, because the policy is noeviction."));
        }
    }

    private static void AddDistribution(CommandEngine engine, MemoryFigures memory, List<string> findings)
    {
        long peak = engine.Statistics.PeakMemory;
        if (peak > memory.Used * 3 / 2)
        {
            findings.Add(
                $"Memory was at {MemorySize.Format(peak)} once, more than one and a half times what it is now. That explains a resident size that is high for a few seconds; MEMORY PURGE gives free pages back at once.");
        }

        if (memory.Fragmentation > 1.4 && memory.Store.Active - memory.Store.Used > 10 * Mega)
        {
            findings.Add(
                $"{MemorySize.Format(memory.Store.Active - memory.Store.Used)} lie in gaps between keys: many keys were removed among others that stayed. "
                + (engine.Settings.ActiveDefrag ? "They are being closed." : "CONFIG SET activedefrag yes closes them."));
        }

        if (memory.Store.Resident - memory.Store.Active > Math.Max(10 * Mega, memory.Store.Active / 10))
        {
            findings.Add(
                $"{MemorySize.Format(memory.Store.Resident - memory.Store.Active)} are free and kept for reuse; they go back to the system by and by, or at once with MEMORY PURGE.");
        }

        if (memory.ReplicaClients > 10 * Mega && memory.ReplicaClients > memory.Used / 10)
        {
            findings.Add($"{MemorySize.Format(memory.ReplicaClients)} wait for replicas that lag: look at their network and at client-output-buffer-limit.");
        }

        if (memory.NormalClients > 10 * Mega && memory.NormalClients > memory.Used / 10)
        {
            findings.Add(
                $"The connections of clients take {MemorySize.Format(memory.NormalClients)}: CLIENT LIST shows in tot-mem which; a client that does not read its replies is bounded by client-output-buffer-limit.");
        }

        if (memory.Snapshots > memory.Used / 4)
        {
            findings.Add(
                $"Running snapshots keep {MemorySize.Format(memory.Snapshots)} of old values, because much is written while they run. A replica that loads slowly is the usual reason.");
        }
    }
}
