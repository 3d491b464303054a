using Microsoft.Extensions.Options;

namespace GenAI.Gateway.Documents;

[OptionsValidator]
internal sealed partial class DocumentsOptionsValidator : IValidateOptions<DocumentsOptions>;
