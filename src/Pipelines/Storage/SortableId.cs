using System.Globalization;
using System.Security.Cryptography;

namespace GenAI.Pipelines.Storage;

/// <summary>Makes ids such as <c>file-0193a…</c> that sort as text in the order in which this process made them.</summary>
/// <remarks>
/// 12 hex digits of Unix milliseconds, 4 of a counter, 16 of randomness. A cursor that pages by id stays valid after
/// the row it names was deleted. Safe for concurrent use.
/// </remarks>
public sealed class SortableId(TimeProvider time)
{
    private readonly Lock _gate = new();
    private long _last;

    public string Next(string prefix)
    {
        long stamp;
        lock (_gate)
        {
            // 16 bits below the milliseconds count the ids within one of them, and run on when the clock stands or goes back.
            stamp = Math.Max(time.GetUtcNow().ToUnixTimeMilliseconds() << 16, _last + 1);
            _last = stamp;
        }

        return prefix + stamp.ToString("x16", CultureInfo.InvariantCulture) + RandomNumberGenerator.GetHexString(16, lowercase: true);
    }
}
