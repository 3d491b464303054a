using System.ComponentModel.DataAnnotations;

namespace GenAI.Gateway.Streaming;

/// <summary>Section <c>Streaming</c>.</summary>
internal sealed class StreamingOptions
{
    public const string Section = "Streaming";

    /// <summary>Silence after which a comment line is sent; load balancers cut idle connections from 30 s on.</summary>
    [Range(typeof(TimeSpan), "00:00:00.020", "00:05:00")]
    public TimeSpan Heartbeat { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>Silence after which an empty chunk is sent: some clients count parsed chunks only and give up after 120 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.020", "00:05:00")]
    public TimeSpan EmptyChunk { get; set; } = TimeSpan.FromSeconds(60);
}
