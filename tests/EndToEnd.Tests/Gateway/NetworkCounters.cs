using System.Globalization;

namespace GenAI.EndToEnd.Tests.Gateway;

/// <summary>What the kernel counted in one network namespace (<c>/proc/PID/net/snmp</c>).</summary>
/// <param name="Connects">TCP connections that were opened from within.</param>
/// <param name="Datagrams">UDP datagrams sent: a look-up of a name is one.</param>
/// <param name="NoRoutes">Calls that failed because no way leads anywhere.</param>
internal sealed record NetworkCounters(long Connects, long Datagrams, long NoRoutes)
{
    public long Attempts => Connects + Datagrams + NoRoutes;

    /// <summary>Reads pairs of lines: names, then values.</summary>
    public static NetworkCounters Parse(string snmp)
    {
        var values = new Dictionary<string, long>(StringComparer.Ordinal);
        var lines = snmp.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        for (var i = 0; i + 1 < lines.Length; i += 2)
        {
            var names = lines[i].Split(' ');
            var numbers = lines[i + 1].Split(' ');
            for (var column = 1; column < names.Length; column++)
            {
                values[$"{names[0]}{names[column]}"] = long.Parse(numbers[column], CultureInfo.InvariantCulture);
            }
        }

        return new NetworkCounters(values["Tcp:ActiveOpens"], values["Udp:OutDatagrams"], values["Ip:OutNoRoutes"]);
    }
}
