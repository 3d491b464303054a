using Microsoft.Extensions.Options;

namespace GenAI.Gateway.Streaming;

[OptionsValidator]
internal sealed partial class StreamingOptionsValidator : IValidateOptions<StreamingOptions>;
