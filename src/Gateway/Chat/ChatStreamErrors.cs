using System.Buffers;
using GenAI.Gateway.Errors;

namespace GenAI.Gateway.Chat;

/// <summary>Error events: only the nested form makes the SDKs raise in the middle of a stream.</summary>
internal static class ChatStreamErrors
{
    public static void Write(IBufferWriter<byte> output, ApiError error)
    {
        output.Write("data: "u8);
        output.Write(ApiErrorWriter.Serialize(error).Span);
        output.Write("\n\n"u8);
        ChatChunkWriter.Done(output);
    }
}
