package org.soft4j.eval.yaml.functions;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Which Python modules have Java, by the SHA-256 of their source.
 *
 * @param module its functions, by the module's path
 * @param beside what the module reads: files relative to it, by their own digests
 */
record KnownModule(Function<Path, TaskModule> module, Map<String, String> beside) {
  private static final Map<String, KnownModule> BY_DIGEST =
      Map.ofEntries(
          // hellaswag/utils.py
          entry(
              "07d23b60b28f2a4f658dcf8440623a63fe6644854ce9b846a114dde980dc1214", new HellaSwag()),
          // winogrande/preprocess_winogrande.py
          entry(
              "e55327629264a98f1d383fda24645b6779afb53fa0bce2150042b9416b1ae006", new WinoGrande()),
          // truthfulqa/utils.py
          entry(
              "d3c827d1e2cd442a1e4738b527a18effd48cbb2aed478c12a652311b5ea4dbc8", new TruthfulQa()),
          // drop/utils.py
          entry("a5782ee7d2e537968a5b83976195ae2b9b6e2a565a0bfb5c24d221b4d61a04f5", new Drop()),
          // bbh/zeroshot/utils.py and bbh/cot_zeroshot/utils.py
          entry(
              "ecc017c5c3c0a03757d94072fb74feac74406b63d2f6efa6ec68f73f8db8a9fd",
              new BigBenchHard()),
          // gpqa/generative, cot_zeroshot and cot_n_shot; zeroshot; n_shot
          shuffled("b603828710f1fb3e1b8fe42726b188544ef8dbd12d25f4ca676e42ca4d1a251b"),
          shuffled("7c755f2c3f8f4ac20de96fb68941c43424d2ded0552d5ab81e672e15c410655c"),
          shuffled("8c70526cdc0f32811cd4cd35db6983561583980b4b7552c3484dc6846b41e241"),
          // ifeval/utils.py
          entry(
              "1ab8f14808c826f93f2364883487ed63cf4267980bf4761fda8053899c013632",
              new TaskModule.Refused(
                  "it checks five kinds of instructions by langdetect and nltk, which have no equal in"
                      + " Java, and scores of the prompts without these are no scores of ifeval")),
          // fda/task.py, swde/task.py, squad_completion/task.py
          entry("914cc539cfd8ff8291e97bfe415443362f17a06853c405d68a2314986f5c991f", Completion.FDA),
          entry(
              "683dc7f719ee9a54605489d2d51562a50356456468840285a1827ff28d3821f6", Completion.SWDE),
          entry(
              "92a917c531f41fa2f63b1a10c9ef989ff191a1c72f58350fe6933e20c29e14b2", Completion.SQUAD),
          // squadv2/task.py
          entry(
              "c0ce848b3d9792d6a701bf292bad8efad7f4621ae1efdb305e70ee82ab90e9b7",
              new TaskModule.Refused(
                  "its metrics are code that the harness loads from a hub (evaluate's squad_v2)")),
          // race/preprocess_race.py
          entry("15778ab69ca3b96c3d82618500ad59702ff7ea9dbf09e90e4505abc16ac53ad0", new Race()),
          // mmlu_pro/utils.py
          entry(
              "d47eae06ecf1e9535b033394de62185327a1dca977cb29049003699adeb92801",
              new MmluPro(10, false)),
          // mmlu-pro-plus/utils.py
          entry(
              "b9879cbee0966b35896f4d7f0d374d0c4f720d12d6dc79881496d3a0d68669e3",
              new MmluPro(16, true)),
          // llama3/instruct/mmlu_pro/utils.py
          entry(
              "888465171665585c62815c028558b7c88984ec68fc0ec70a1eb55c4a93b632b9", MmluPro.llama()),
          // mmlu_prox/LANGUAGE/utils.py
          Map.entry(
              "cfb27b5b32d75fccf7745e19b4b96668856b5a7c44e7e7a4533854e19e6ac5e1",
              new KnownModule(
                  MmluProx::of,
                  Map.of(
                      "../lang_libs.py",
                      "582a892b4e8419c16384552b369d7ba828418c57768ccdd82d61172116b3da55"))),
          // global_mmlu/full/LANGUAGE/utils.py
          entry(
              "b4012dd2b1a508885d23ee2ddb12bc26f3e622081ba41ec1ab766edc31a4982b",
              SubjectFilter.mmlu("subject")),
          // global_mmlu/default/LANGUAGE/utils.py
          entry(
              "9776c2ffc09ae0569d2cea41856f7a9c712a38362c8ea33ac61239005062df0f",
              SubjectFilter.global()),
          // include/SETTING/LANGUAGE/utils.py
          entry(
              "280dbae55143a4d1be55783551e7d508b01a0d840066e5d5f3b9b6ae40966477",
              SubjectFilter.regional()),
          // openai-mmmlu/default/utils.py
          Map.entry(
              "49aaaf0034ee7413385b68533fa22f5d664dc4c97f814985c353156f6ad6a85d",
              new KnownModule(
                  path -> SubjectFilter.mmmlu(),
                  Map.of(
                      "../subjects.json",
                      "0937f6a5031bce8d2fa190dbcc2a94997dbad92f7362f0cc9f4342cdfbc91f55"))),
          // llama3/instruct/mmlu_LANGUAGE/utils.py
          llama("es", "158bc3053efb54cf56fa8e65004a547d4e33df5352ed214822d6a5830a76e71a"),
          llama("th", "eae32645e56c57e8a8b963e95b14d1a4b66277b5514a04f33e0a3bbb39267856"),
          llama("hi", "58142960109ac3c7dfec0167bffe1a4cda5b773bc01b5530d61f959f740f41a5"),
          llama("de", "dda88dd84883bc5ca021dbc243d852c0676d861c334b29bf727ceae28042f8ec"),
          llama("it", "9e11710d3d95fe8debee8835db50993a0dbb8ebad966aac54a473eb9514a775c"),
          llama("fr", "22cd22866cf35c164df9b64dce59f448e6c8a44899f12bbdd2de9297203171f4"),
          llama("pt", "50e74c808630015bbdc7bda1e2de4bcc7a52a863f58c14b7b01a621c6939aed8"));

  static Optional<KnownModule> withDigest(String digest) {
    return Optional.ofNullable(BY_DIGEST.get(digest)).or(() -> ClassScores.withDigest(digest));
  }

  private static Map.Entry<String, KnownModule> entry(String digest, TaskModule module) {
    return Map.entry(digest, new KnownModule(path -> module, Map.of()));
  }

  private static Map.Entry<String, KnownModule> shuffled(String digest) {
    return entry(
        digest,
        new TaskModule.Refused(
            "it shuffles choices anew at every call, by a state that depends on all that ran"
                + " before"));
  }

  private static Map.Entry<String, KnownModule> llama(String language, String digest) {
    return entry(digest, SubjectFilter.llama(language));
  }
}
