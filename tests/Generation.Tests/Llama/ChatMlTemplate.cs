using System.Text;
using GenAI.Generation.Templates;
using Microsoft.Extensions.AI;

namespace GenAI.Generation.Tests.Llama;

/// <summary>The starter model's form, without its default system message.</summary>
internal sealed class ChatMlTemplate : IChatTemplate
{
    public string Render(IEnumerable<ChatMessage> messages, ChatOptions? options)
    {
        var prompt = new StringBuilder();
        foreach (var message in messages)
        {
            prompt.Append("<|im_start|>").Append(message.Role.Value).Append('\n').Append(message.Text).Append("<|im_end|>\n");
        }

        return prompt.Append("<|im_start|>assistant\n").ToString();
    }
}
