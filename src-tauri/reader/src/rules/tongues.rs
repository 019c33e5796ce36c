//! The same three ideas in other languages: instructions set aside, the person not told, private things passed on.
//! Patterns are written as people write and folded like the texts they are held against.

use std::sync::LazyLock;

use regex::Regex;
use unicode_normalization::char::{decompose_compatible, is_combining_mark};

use super::Reading;
use crate::finding::{Hit, Kind, Weight};

const IGNORE: &str = "In another language it asks the model to set earlier instructions aside.";
const HIDE: &str = "In another language it keeps something from the person.";
const SECRET: &str = "In another language it passes private things on.";
const FILE: &str = "In another language it asks to read private files.";

const RULES: &[(Kind, &str, &str)] = &[
    (
        Kind::Instruction,
        IGNORE,
        concat!(
            r"\bignor\w*\b.{0,40}\b(?:instruccion|indicacion|instruc|orden|regla|istruzion|regol|consigne|anweisung|vorgabe|instruktion|anvisning|instrukt|instructiun|pokyn|talimat|instructi|aanwijzing)\w*",
            r"|\b(?:olvida|olvide|esquec\w+|oubli\w+|vergiss|vergessen sie|dimentica\w*|vergeet|negeer|glem|zapomnij|zapomen)\b.{0,40}\b(?:instruc|indicac|consign|anweis|istruz|instruct|polece|pokyn)\w*",
            r"|\b(?:missachte\w*|ubergeh\w*|ne tenez pas compte|ne tiens pas compte|faites abstraction|desconsider\w+|haz caso omiso|haga caso omiso|zignoruj|ignoruj|abaikan|bo qua|ohita|yok say|gormezden gel|hagyd figyelmen kivul)\b.{0,60}",
            r"|(?:игнориру|проигнорируи|забудь|не обращаи внимани|ігноруи)\w*.{0,40}(?:инструкц|указан|правил|інструкц|вказів)\w*",
            r"|忽略.{0,16}(?:指令|指示|说明|規則|规则|要求|命令|提示)|無視.{0,10}(?:指令|指示)|(?:指示|命令|ルール|指令).{0,16}(?:無視|忘れ)",
            r"|(?:이전|모든|앞선|위의).{0,50}(?:지시|명령|지침|규칙).{0,30}(?:무시|잊)",
            r"|تجاهل.{0,30}(?:تعليمات|التعليمات|أوامر|توجيهات)|(?:पिछले|पिछली|सभी|पहले).{0,40}(?:निर्देश|आदेश).{0,30}(?:अनदेखा|नज़रअंदाज़|भूल)|התעלם.{0,30}(?:הוראות|ההוראות|הנחיות)|(?:ละเว้น|เพิกเฉย|ไม่ต้องสนใจ).{0,30}คำสั่ง|αγνο[ηε]\w*.{0,30}(?:οδηγι|εντολ)\w*|نادیده.{0,30}(?:دستور|بگیر)|(?:onceki|tum)\w*.{0,30}(?:talimat|yonerge)\w*.{0,30}(?:yok say|gormezden|unut|dikkate alma)",
        ),
    ),
    (
        Kind::HiddenFromUser,
        HIDE,
        concat!(
            r"\bno (?:se lo |le |lo )?(?:digas?|informe[sn]?|mencione[sn]?|reveles?|muestres?|cuentes?|avises?|comentes?|comunique[sn]?)\b.{0,40}(?:usuari|person|cliente)?|\bsin (?:que (?:el|la) (?:usuari|person)\w*|avisar|informar|decir\w*)\b",
            r"|\bnao (?:informe|diga|mencione|conte|avise|mostre|revele|comente|fale)\w*\b|\bsem (?:avisar|informar|que o (?:usuario|utilizador))\b",
            r"|\bne (?:le |la |l'|lui |les |leur )?(?:dis|dites|mentionn|inform|parl|revel|montr|signal|prevene|previen|avert|indiqu)\w*.{0,30}\b(?:pas|jamais|rien)\b|\bsans (?:prevenir|informer|en parler|avertir|le dire|que l'utilisateur)\b|\ba l'insu\b",
            r"|\b(?:sag|sage|sagen|teile|teilen|erwahne|erwahnen|verrate|verraten|zeige|zeigen|informiere|informieren|erzahle|melde)\b.{0,40}\b(?:nicht|nichts|niemals|nie)\b|\bohne\b.{0,40}\b(?:benutzer|nutzer|anwender|person|kunde)\w*\b.{0,30}\b(?:informieren|mitzuteilen|sagen|fragen|merkt|erfahrt|wissen)\b|\b(?:benutzer|nutzer|anwender|kunde)\w*\b.{0,25}\b(?:nicht|nichts)\b.{0,15}\b(?:erfahren|wissen|merken|mitgeteilt|sagen|mitteilen|erwahnen|zeigen|verraten)\b",
            r"|\bnon (?:dirlo|dire|dica|informare|menzionare|rivelare|avvisare|mostrare|informi|segnalare|comunicare|farlo sapere)\b|\bsenza (?:avvisare|informare|dirlo|che l'utente)\b",
            r"|\b(?:vertel|zeg|meld|informeer|noem)\b.{0,40}\b(?:niet|niets)\b|\bniet .{0,20}gebruiker\b|\bnie (?:mow|informuj|wspominaj|mowic|pokazuj|ujawniaj|powiadamiaj)\w*|\bbez (?:wiedzy|informowania)\b|\b(?:nerikej|neinformuj|nezminuj)\w*|\bnu (?:spune|informa|mentiona|spuneti)\w*|\bne (?:mondd|szolj|emlitsd|tajekoztasd)\w*|\bala (?:kerro|mainitse|nayta)\b|\b(?:beratta|namn|sag|fortell|si)\w* .{0,20}\b(?:inte|ikke)\b|\bjangan (?:beri ?tahu|katakan|sebutkan|tampilkan|ceritakan|bilang)\b|\bkhong (?:noi|cho|thong bao|de cap|tiet lo)\b.{0,30}nguoi dung|\bkullan\w+.{0,20}(?:soyleme|bildirme|bahsetme|haber verme|gosterme)\w*",
            r"|не (?:говори|сообщаи|упоминаи|показываи|рассказываи|информируи|уведомляи|кажи|повідомляи|згадуи)\w*|без ведома",
            r"|不(?:要|得|可|必|能)?.{0,6}(?:告诉|告知|通知|提及|透露|告訴|让.{0,3}知道|显示给).{0,8}(?:用户|使用者|用戶|他|她)?|(?:用户|使用者|用戶).{0,8}不(?:知|必|需|会|應)",
            r"|(?:ユーザー?|利用者).{0,10}(?:に|には|へ).{0,30}(?:伝え|知らせ|言わ|見せ|通知し|話さ|報告し)(?:ない|ず)|(?:内緒|秘密)に",
            r"|(?:사용자|유저|고객)(?:에게|한테|께|에게는).{0,60}(?:말하지|알리지|언급하지|보여주지|보고하지|알려주지)|몰래",
            r"|لا (?:تخبر|تذكر|تبلغ|تقل|تعرض|تظهر)|دون (?:علم|إخبار|إبلاغ)|(?:उपयोगकर्ता|यूज़र|उपयोगकर्ता).{0,20}(?:मत|न|नहीं) ?(?:बता|कह|दिखा)|אל (?:תספר|תגיד|תודיע|תציין|תזכיר|תראה)|(?:อย่า|ไม่ต้อง|ห้าม)(?:บอก|แจ้ง|แสดง)|μην? (?:πεις|αναφερεις|ενημερωσεις|δειξεις)|به کاربر.{0,20}(?:نگو|نگویید|اطلاع نده)",
        ),
    ),
    (
        Kind::SecretPassedOn,
        SECRET,
        concat!(
            r"\b(?:envi\w+|mand[ae]\w*|inclu\w+|copi\w+|pega|pegue|pon|ponga|coloque|insira|transmet\w+|envoy\w+|joign\w+|ajout\w+|mett\w+|schick\w*|sende\w*|ubergib|ubermittle\w*|trag\w*|fuge|fugen|kopier\w*|invia\w*|inseri\w*|allega\w*|stuur|voeg|wyslij|przekaz|dolacz|posli|vloz|trimite|include|kuldd|lisaa|skicka|kirim\w*|sertakan|gui|gonder\w*|ekle\w*|gib|geben|escrib\w+)\b.{0,60}\b(?:contrasen\w+|clave\w*|credencial\w*|senhas?|credenciais|mots? de passe|identifiants|passw[oo]rt\w*|passworter|kennwort\w*|zugangsdaten|schlussel|passwords?|credenzial\w*|wachtwoord\w*|hasl\w*|hasł\w*|hesl\w*|parol\w*|jelsz\w*|salasan\w*|losenord\w*|kata sandi|mat khau|sifre\w*|gesprach\w*|unterhaltung|chatverlauf|conversaci\w+|conversa\b|historial|historico|historique|conversazion\w*|cronologia|gesprek\w*|rozmow\w*|konwersac\w*|percakapan|tokens?|api)\b",
            r"|(?:передаи|отправ|вставь|включи|укажи|пришли|добавь|скопируи|запиши|надішли|передаи)\w*.{0,60}(?:парол|ключ|токен|переписк|истори|диалог|учетн|данны)\w*",
            r"|(?:密码|密碼|密钥|金鑰|凭证|令牌|聊天记录|对话|對話|会话|历史|内容|信息).{0,24}(?:放入|填入|发送|傳送|传给|写入|附上|提交|上传|放在|传递|粘贴)|(?:发送|上传|附上|填写|传递|包含|提供|提交).{0,24}(?:密码|密钥|凭证|令牌|聊天记录|对话|历史记录)",
            r"|(?:パスワード|会話|履歴|秘密鍵|認証情報|トークン|鍵|内容|やり取り).{0,40}(?:入れ|送|含め|渡|コピー|貼り|添付|転送)",
            r"|(?:비밀번호|대화|자격 ?증명|토큰|기록|키|내용).{0,60}(?:보내|넣|전달|포함|첨부|복사|붙여)",
            r"|(?:أرسل|ضع|أضف|مرر|انسخ|أدرج).{0,40}(?:كلم|المرور|بيانات|المحادثة|مفتاح|رمز)|(?:पासवर्ड|बातचीत|कुंजी|टोकन|इतिहास).{0,50}(?:भेज|डाल|शामिल|जोड़)|(?:שלח|הכנס|צרף|העתק).{0,40}(?:סיסמ|שיחה|מפתח)|(?:รหัสผ่าน|บทสนทนา|โทเค็น).{0,40}(?:ส่ง|ใส่|แนบ)|(?:ส่ง|ใส่|แนบ).{0,40}(?:รหัสผ่าน|บทสนทนา|โทเค็น)|(?:στειλε|βαλε|αντιγραψε|συμπεριλαβε).{0,40}(?:κωδικ|συνομιλι|κλειδι)",
        ),
    ),
    (
        Kind::PrivateFile,
        FILE,
        concat!(
            r"(?:\b(?:lea|lee|leia|leer|lis|lisez|lies|lesen|leggi|lees|przeczytaj|precti|citeste|olvasd|lue|las|baca|doc|oku\w*|abra|abre|ouvre\w*|offne\w*|apri|otworz|open)\b|прочита\w*|прочти|откро\w*|прочитаи|读取|打开|讀取|開啟|読み|読ん|読む|開い|읽|열|اقرأ|افتح|पढ़|खोल|קרא|פתח|อ่าน|เปิด|διαβασε|ανοιξε|بخوان).{0,60}(?:~/|/etc/|\.ssh|\.aws|\.env|id_rsa|\.npmrc|\.kube|\.netrc|\.bash_history|\.config/)",
            r"|(?:~/|/etc/|\.ssh|\.aws|\.env|id_rsa|\.npmrc|\.kube|\.netrc|\.bash_history).{0,60}(?:读取|打开|読み|読ん|読む|開い|읽|열|पढ़|खोल|放入|入れ|넣|डाल|ส่ง|ใส่|gonder\w*|oku\w*|ekle\w*)",
        ),
    ),
];

static COMPILED: LazyLock<Vec<(Kind, &'static str, Regex)>> = LazyLock::new(|| {
    RULES
        .iter()
        .filter_map(|(kind, sentence, pattern)| Some((*kind, *sentence, Regex::new(&folded(pattern)).ok()?)))
        .collect()
});

/// A pattern's letters, folded as texts are: its syntax is ASCII and stays.
fn folded(pattern: &str) -> String {
    let mut out = String::new();
    for c in pattern.chars() {
        if c.is_ascii() {
            out.push(c);
        } else {
            decompose_compatible(c, |part| {
                if !is_combining_mark(part) {
                    out.extend(part.to_lowercase());
                }
            });
        }
    }
    out
}

pub(super) fn look(reading: &Reading<'_>, hits: &mut Vec<Hit>) {
    if reading.field.is_identifier() {
        return;
    }
    for (kind, sentence, pattern) in COMPILED.iter() {
        for found in pattern.find_iter(&reading.folded.text) {
            let span = reading.folded.original(&found.range(), reading.text);
            let mentioned = super::sentences::is_mentioned(reading, *kind, found.start());
            let weight = if mentioned { Weight::Note } else { Weight::Warning };
            hits.push(Hit { field: reading.at, span, kind: *kind, weight, sentence });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_compiles() {
        for (_, sentence, pattern) in RULES {
            Regex::new(&folded(pattern)).unwrap_or_else(|error| panic!("{sentence}: {error}"));
        }
    }
}
