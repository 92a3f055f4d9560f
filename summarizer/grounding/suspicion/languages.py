"""The same requests in the other main languages, as sets of words that have to meet in one sentence.

Only imperatives are listed where a language has a form of its own for them, so that "they ignored the instructions" stays
news. An entry is a beginning of a word; languages without spaces are matched anywhere.
"""

import re
from dataclasses import dataclass
from functools import cache
from typing import Final

from summarizer.grounding.suspicion.cues import ALONE, HINT, Cue

__all__ = ["other_languages"]

_REACH: Final = 70
"""Characters between the words of one request."""


@dataclass(frozen=True, slots=True)
class _Language:
    ignore: str
    """Imperatives of "ignore", "forget"."""
    rules: str
    """Instructions, prompts, directives; also "everything above"."""
    write: str
    """Imperatives of "write", "say", "answer", "summarise"."""
    summary: str
    """Summary, briefing, reply."""
    must: str
    software: str
    old: str = ""
    """ "All", "previous", "above": asked for as well where the imperative is also a form of the past."""


_LANGUAGES: Final = (
    _Language("ignora|ignore|ignoren|ignorad|olvida|olvide|olviden|omite|omita|descarta|descarte|haz caso omiso|haga caso omiso|no hagas caso|no sigas|desobedece",
              "instruccion|indicacion|directric|órdenes anteriores|reglas anteriores|mensaje del sistema|todo lo anterior|prompt",
              "resume|resuma|resumid|escribe|escriba|responde|responda|di que|diga que|informa|informe que|indica que|afirma que|imprime|contesta",
              "resumen|respuesta|salida|informe debe|titular", "debe|deben|debes|deberá|tiene que|tienes que|ha de",
              "asistente|modelo de lenguaje|inteligencia artificial|resumidor|eres un|eres una|para la ia|sistema de resumen"),
    _Language("ignore|ignorez|oublie|oubliez|néglige|négligez|ne tiens pas compte|ne tenez pas compte|ne tenez aucun compte|fais abstraction|faites abstraction|ne suis pas|ne suivez pas",
              "instruction|consigne|directive|règles précédent|message système|tout ce qui précède|invite|prompt",
              "résume|résumez|écris|écrivez|réponds|répondez|dis que|dites que|indique que|indiquez que|affirme|affirmez|affiche|affichez",
              "résumé|réponse|synthèse|sortie", "doit|doivent|dois|devez|devra|il faut",
              "assistant|modèle de langage|modèle de langue|intelligence artificielle|tu es un|vous êtes un|outil de résumé"),
    _Language("ignoriere|ignoriert|ignorieren sie|vergiss|vergesst|vergessen sie|missachte|missachten sie|beachte nicht|beachten sie nicht|befolge nicht|befolgen sie nicht|verwirf|überspringe|setze dich über",
              "anweisung|instruktion|vorgaben|befehle|richtlinien|systemnachricht|prompt|alles bisherige|alles vorherige|regeln oben|obigen",
              "fass|fasse|fassen sie|schreib|schreibe|schreiben sie|antworte|antworten sie|gib aus|geben sie aus|melde|sage|behaupte|erkläre, dass|gib an",
              "zusammenfassung|antwort|ausgabe|kurzfassung", "muss|müssen|soll|sollen|musst|sollst|hat zu",
              "assistent|sprachmodell|künstliche intelligenz|ki-system|ki-modell|ki-assistent|du bist ein|sie sind ein|an die ki"),
    _Language("ignora|ignori|ignorate|dimentica|dimentichi|dimenticate|trascura|trascurate|non seguire|non seguite|tralascia",
              "istruzion|direttiv|indicazion|comandi precedenti|regole precedenti|messaggio di sistema|tutto ciò che precede|prompt",
              "riassumi|riassuma|riassumete|scrivi|scriva|scrivete|rispondi|risponda|di' che|dì che|stampa|indica che|afferma che",
              "riassunto|sintesi|risposta|sommario", "deve|devono|devi|dovrà|bisogna",
              "assistente|modello linguistico|modello di linguaggio|intelligenza artificiale|sei un"),
    _Language("ignore|ignora|ignorem|esqueça|esquece|esqueçam|desconsidere|desconsidera|desconsiderem|não siga|não sigas|descarte",
              "instruç|instruc|diretriz|orientaç|comandos anteriores|regras anteriores|mensagem do sistema|tudo o que|tudo acima|prompt",
              "resuma|resume|escreva|escreve|responda|responde|diga que|diz que|informe que|afirme que|imprima",
              "resumo|resposta|síntese|saída", "deve|devem|deverá|tem de|tem que",
              "assistente|modelo de linguagem|inteligência artificial|você é um|tu és um"),
    _Language("игнорируй|проигнорируй|забудь|не обращай|не следуй|не выполняй|отбрось|пренебреги|отмени",
              "инструкц|указани|предыдущие команды|правила выше|системн|промпт|всё, что|все, что|всё вышесказанное|все вышесказанное",
              "напиши|ответь|отвечай|скажи|сообщи|укажи|резюмируй|суммируй|кратко изложи|выведи|утверждай|перескажи",
              "сводк|резюме|краткое изложение|краткий пересказ|ответ|вывод модели", "долж|следует|обязан|необходимо",
              "ассистент|языковая модель|языковой модел|языковую модел|искусственный интеллект|ты —|ты - |вы —|нейросет|чат-бот"),
    _Language("ігноруй|проігноруй|забудь|не зважай|не виконуй|не дотримуйся|відкинь", "інструкц|вказівк|попередні команди|системн|промпт|усе, що|все, що",
              "напиши|відповідай|скажи|повідом|підсумуй|зазнач|стверджуй|виведи", "підсумок|зведенн|резюме|відповідь", "повин|має|мусить|слід",
              "асистент|мовна модель|мовної моделі|штучний інтелект|ти —|нейромереж"),
    _Language("zignoruj|zignorujcie|ignoruj|ignorujcie|zapomnij|pomiń|nie stosuj|odrzuć|nie przestrzegaj", "instrukcj|poleceni|wytyczn|wskazówk|wszystko powyżej|prompt",
              "napisz|odpowiedz|streść|podsumuj|powiedz|wypisz|stwierdź|podaj", "streszczeni|podsumowani|odpowiedź", "musi|musisz|powin|należy|ma zawierać",
              "asystent|model językowy|modelu językowy|sztuczna inteligencj|jesteś"),
    _Language("negeer|vergeet|sla over|volg niet|let niet op", "instructie|aanwijzing|opdrachten|richtlijn|alles hierboven|prompt",
              "schrijf|antwoord|vat|zeg|meld|vermeld|geef aan", "samenvatting|antwoord", "moet|moeten|dient", "assistent|taalmodel|kunstmatige intelligentie|je bent een|u bent een"),
    _Language("yoksay|yok say|görmezden gel|unut|dikkate alma|göz ardı et|uygulama", "talimat|yönerge|komut|istem|kural|yukarıdaki her şey",
              "yaz|söyle|özetle|yanıtla|cevapla|belirt|bildir", "özet|yanıt|cevap", "meli|malı|zorunda|gerek", "asistan|dil modeli|yapay zek", "tüm|önceki|yukarıdaki|bütün|her şey"),
    _Language("ignorera|glöm|bortse|strunta i", "instruktion|anvisning|kommandon|riktlinjer|allt ovan|prompt", "skriv|svara|sammanfatta|säg|ange", "sammanfattning|svaret", "måste|ska ", "assistent|språkmodell|du är en"),
    _Language("ignoruj|zapomeň|zapomeňte|přehlížej|nedbej|neřiď", "pokyn|instrukc|příkaz|výše uveden|prompt", "napiš|napište|odpověz|shrň|shrňte|řekni|uveď", "shrnutí|souhrn|odpověď", "musí|má obsahovat", "asistent|jazykový model|umělá inteligence|jsi "),
    _Language("ignoră|ignorați|uită|uitați|nu urma", "instrucțiun|instructiun|indicați|comenzi|prompt", "scrie|scrieți|răspunde|rezumă|spune", "rezumat|răspuns", "trebuie", "asistent|model lingvistic|inteligență artificială|ești un"),
    _Language("αγνόησε|αγνοήστε|ξέχασε|ξεχάστε|παράβλεψε", "οδηγίες|οδηγιών|εντολές|εντολών", "γράψε|γράψτε|απάντησε|πες|συνόψισε", "περίληψη|απάντηση", "πρέπει|οφείλει", "βοηθός|βοηθέ|γλωσσικό μοντέλο|τεχνητή νοημοσύνη|είσαι"),
    _Language("abaikan|lupakan|jangan ikuti|hiraukan", "instruksi|perintah|petunjuk|arahan|prompt", "tulis|tuliskan|jawab|ringkas|katakan|sebutkan", "ringkasan|jawaban", "harus|wajib|mesti", "asisten|model bahasa|kecerdasan buatan|kamu adalah|anda adalah"),
    _Language("bỏ qua|hãy quên|quên hết|phớt lờ|không tuân theo", "hướng dẫn|chỉ dẫn|chỉ thị|lệnh|câu lệnh", "hãy viết|viết rằng|trả lời|tóm tắt|hãy nói|nói rằng", "bản tóm tắt|câu trả lời", "phải", "trợ lý|mô hình ngôn ngữ|trí tuệ nhân tạo|bạn là"),
    _Language("忽略|无视|無視|忘记|忘記|不要理会|不要理會|不理会|忽視|忽视|抛弃", "指令|指示|提示|命令|规则|規則|说明|以上|上述|之前|先前",
              "写道|写下|寫下|输出|輸出|回答|回复|回覆|总结|總結|概括|请写|請寫|报告说|请说|声明", "摘要|总结|總結|概要|简报|簡報|输出|回答", "必须|必須|应当|應當|应该|只能|务必",
              "助手|语言模型|語言模型|大模型|人工智能|人工智慧|你是一个|你是一個|你现在是|摘要程序|摘要工具",
              "之前|以上|上述|先前|前面|所有|全部|一切"),
    _Language("無視|忘れ|従わない|破棄|無効に", "指示|命令|プロンプト|ルール|指令|これまで|以前|上記", "書いて|書け|出力|答え|回答し|要約|報告し|述べ|返答", "要約|サマリー|概要|出力|回答", "べき|しなければ|すること|してください|必ず",
              "アシスタント|言語モデル|人工知能|あなたは|要約ツール|aiへ",
              "以前|これまで|上記|すべて|全て|今まで"),
    _Language("무시|잊어|따르지 마|잊으", "지시|명령|프롬프트|지침|규칙|이전|위의", "작성|쓰세요|써라|답하|대답|요약|출력|말하|보고하", "요약|응답|출력|답변", "해야|하라|하십시오|하세요|반드시|써야", "어시스턴트|언어 모델|인공지능|당신은|비서",
              "이전|위의|앞의|앞선|모든|지금까지"),
    _Language("تجاهل|انس|انسَ|لا تتبع|لا تتبعوا|أهمل|تغاض", "تعليمات|التعليمات|أوامر|الأوامر|توجيهات|التوجيهات|الإرشادات|الموجه|ما سبق", "اكتب|أجب|لخص|قل |اذكر|أعلن|اطبع", "الملخص|ملخص|الإجابة|الرد|الموجز", "يجب|ينبغي|لا بد",
              "المساعد|مساعد ذكي|نموذج لغوي|النموذج اللغوي|الذكاء الاصطناعي|أنت الآن|أنت مساعد",
              "السابق|أعلاه|جميع|كل |كافة"),
    _Language("نادیده بگیر|فراموش کن|توجه نکن|پیروی نکن", "دستورالعمل|دستورات|دستور|راهنما|پرامپت", "بنویس|پاسخ بده|خلاصه کن|بگو|اعلام کن", "خلاصه|پاسخ", "باید", "دستیار|مدل زبانی|هوش مصنوعی|تو یک",
              "قبلی|بالا|همه|تمام"),
    _Language("התעלם|התעלמי|התעלמו|תתעלם|תתעלמו|שכח|תשכח|אל תציית", "הוראות|ההוראות|הנחיות|ההנחיות|פקודות|הפקודות", "כתוב|כתבו|ענה|סכם|סכמו|אמור|ציין", "סיכום|תקציר|התשובה", "חייב|חייבת|צריך|יש ל", "עוזר|מודל שפה|בינה מלאכותית|אתה ",
              "הקודמ|כל |לעיל|שלמעלה"),
    _Language("अनदेखा|नज़रअंदाज|नजरअंदाज|भूल जा|उपेक्षा कर", "निर्देश|आदेश|नियम|प्रॉम्प्ट", "लिखो|लिखें|उत्तर दो|उत्तर दें|सारांश दो|कहो|कहें|बताओ|बताएं", "सारांश|उत्तर|जवाब", "चाहिए|अवश्य|होगा", "सहायक|भाषा मॉडल|कृत्रिम बुद्धिमत्ता|आप एक",
              "पिछल|सभी|उपरोक्त|पूर्व"),
)  # fmt: skip


@cache
def other_languages() -> tuple[Cue, ...]:
    """The cues of all of them, compiled at first use.

    "Ignore ... instructions" and "the summary must" are enough; an imperative to write, or a name for such software, needs
    company.
    """
    return tuple(cue for language in _LANGUAGES for cue in _cues(language))


def _cues(words: _Language) -> tuple[Cue, ...]:
    ignore, rules, write = _whole(words.ignore), _any(words.rules), _whole(words.write)
    summary, must, software = _any(words.summary), _any(words.must), _any(words.software)
    asked = ignore if words.old else f"{_CLAUSE}{ignore}"
    return (
        Cue("override", ALONE, _near(asked, rules, beside=words.old)),
        Cue("output", ALONE, _near(summary, must, write)),
        Cue("output", HINT, _near(summary, must)),
        Cue("output", HINT, re.compile(f"{_CLAUSE}{write}", re.MULTILINE)),
        Cue(
            "addressed",
            HINT,
            re.compile(rf"(?:^|[.!?:;¡¿，。：،]\s*){software}|{software}\s*[:,，：،!]", re.MULTILINE),
        ),
        Cue("addressed", ALONE, _near(software, asked, beside=words.old)),
        Cue("addressed", ALONE, _near(software, must, summary)),
    )


_CLAUSE: Final = (
    r"(?:^[\W_]*|[.!?:;,¡¿\"“”«»(\[\]>*#—–。！？：、，،؛-]\s*"
    r"|(?:\b(?:por favor|veuillez|bitte|per favore|пожалуйста|будь ласка|proszę|lütfen|y|et|und|e|и|та|i|a|en|ve|och|dan|și)|请|請|并|且|そして|및)\s*)"
)
"""Where a clause begins, and with it an imperative; further in, the same form is mostly the third person."""


def _any(stems: str) -> str:
    """One of the stems, at the start of a word where the script has words."""
    return f"(?:{'|'.join(_bounded(stem) for stem in _longest_first(stems))})"


def _whole(words: str) -> str:
    """One of the words, with the ending of a plural or a pronoun at most."""
    ends = r"(?:те|ти|cie|te|le|lo|la|los|las|ın|in|un|ün|iniz|ınız)?\b"
    return f"(?:{'|'.join(_bounded(word) + (ends if _has_words(word) else '') for word in _longest_first(words))})"


def _longest_first(stems: str) -> list[str]:
    return sorted(stems.split("|"), key=len, reverse=True)


def _bounded(stem: str) -> str:
    return rf"\b{stem}" if _has_words(stem) else stem


def _has_words(stem: str) -> bool:
    """Whether its script puts spaces between words, and nothing in front of them."""
    return not re.search(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\u0590-\u06ff\u0900-\u097f]", stem)


def _near(*groups: str, beside: str = "") -> re.Pattern[str]:
    """The words of all groups within reach of each other, the first two in either order, and one of `beside` anywhere."""
    first, second, *more = groups
    gap = rf"[^.!?。！？\n]{{0,{_REACH}}}?"
    tail = "".join(f"{gap}{group}" for group in more)
    found = f"(?:{first}{gap}{second}{tail}|{second}{gap}{first}{tail})"
    return re.compile(rf"\A(?=[\s\S]*(?:{beside}))[\s\S]*?{found}" if beside else found, re.MULTILINE)
