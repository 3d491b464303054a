using System.ComponentModel.DataAnnotations;

namespace GenAI.Gateway.Hosting;

/// <summary>Section <c>Limits</c>.</summary>
internal sealed class LimitsOptions
{
    public const string Section = "Limits";

    /// <summary>Largest JSON request in bytes; uploads have their own limit.</summary>
    [Range(1024, 1L << 30)]
    public long MaxRequestBytes { get; set; } = 32L << 20;

    /// <summary>How long running answers may go on after the server was told to stop.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan DrainTime { get; set; } = TimeSpan.FromSeconds(30);
}
