import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
import jukwaa.core.migration_operations
import jukwaa.drafting.models.consultations
import jukwaa.drafting.models.returned
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('drafting', '0001_initial'), ('drafting', '0002_resting'), ('drafting', '0003_parts'), ('drafting', '0004_terms_are_unique_in_any_case')]

    initial = True

    dependencies = [
        ('coalitions', '0002_seats_are_found_by_person'),
        ('records', '0004_what_was_read_from_a_file'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        jukwaa.core.migration_operations.CreateModels(
            operations=[
                migrations.CreateModel(
                    name='Revision',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('number', models.PositiveIntegerField()),
                        ('step', models.PositiveIntegerField()),
                        ('name', models.CharField(blank=True, max_length=120, verbose_name='name')),
                        ('note', models.TextField(blank=True, verbose_name='what is new in it')),
                        ('at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('text', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='revisions', to='drafting.text')),
                    ],
                    options={
                        'ordering': ['text', '-number'],
                        'constraints': [models.UniqueConstraint(fields=('text', 'number'), name='a_revision_has_its_number_alone')],
                    },
                ),
                migrations.CreateModel(
                    name='Consultation',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('asks', models.CharField(choices=[('public', 'Everyone'), ('members', 'Members of the coalition'), ('named', 'The organisations named')], default='members', max_length=10, verbose_name='who is asked')),
                        ('introduction', models.TextField(blank=True, verbose_name='what it is about, in two sentences')),
                        ('questions', models.JSONField(blank=True, default=list)),
                        ('languages', models.JSONField(blank=True, default=list)),
                        ('opens_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='from')),
                        ('closes_at', models.DateTimeField(verbose_name='until')),
                        ('nudged_at', models.DateTimeField(blank=True, null=True)),
                        ('at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('token', models.UUIDField(blank=True, null=True, unique=True)),
                        ('asked', models.ManyToManyField(blank=True, related_name='+', to='coalitions.organisation', verbose_name='organisations')),
                        ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('revision', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='consultations', to='drafting.revision')),
                        ('text', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='consultations', to='drafting.text')),
                    ],
                    options={
                        'ordering': ['-opens_at', '-pk'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('closes_at__gt', models.F('opens_at'))), name='a_consultation_closes_after_it_opens')],
                    },
                ),
                migrations.CreateModel(
                    name='Call',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('silence', models.CharField(choices=[('support', 'as support'), ('aside', 'as standing aside'), ('nothing', 'as nothing')], max_length=10)),
                        ('opens_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('closes_at', models.DateTimeField()),
                        ('outcome', models.CharField(blank=True, choices=[('consensus', 'consensus'), ('with-dissent', 'agreed, with objections that stand'), ('no-consensus', 'no consensus'), ('restarted', 'restarted')], max_length=15)),
                        ('reason', models.TextField(blank=True)),
                        ('declared_at', models.DateTimeField(blank=True, null=True)),
                        ('although', models.TextField(blank=True)),
                        ('token', models.UUIDField(blank=True, null=True, unique=True)),
                        ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('declared_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('revision', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='calls', to='drafting.revision')),
                        ('text', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='calls', to='drafting.text')),
                        ('restarts', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='restarted_as', to='drafting.call')),
                    ],
                    options={
                        'ordering': ['-opens_at', '-pk'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('closes_at__gt', models.F('opens_at'))), name='a_call_closes_after_it_opens'), models.CheckConstraint(condition=models.Q(models.Q(('declared_at__isnull', True), ('outcome', '')), models.Q(('declared_at__isnull', False), models.Q(('reason', ''), _negated=True)), _connector='OR'), name='an_outcome_has_its_reason'), models.UniqueConstraint(condition=models.Q(('outcome', '')), fields=('text',), name='one_call_at_a_time')],
                    },
                ),
                migrations.CreateModel(
                    name='Text',
                    fields=[
                        ('record_ptr', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, related_name='drafted', serialize=False, to='records.record')),
                        ('form', models.CharField(choices=[('guideline', 'Guideline'), ('toolkit', 'Toolkit'), ('position', 'Position'), ('statement', 'Statement'), ('action-plan', 'Action plan'), ('terms-of-reference', 'Terms of reference'), ('brief', 'Brief for policy makers')], default='guideline', max_length=30, verbose_name='what it is to become')),
                        ('step', models.PositiveIntegerField(default=0)),
                        ('token', models.UUIDField(blank=True, null=True, unique=True)),
                        ('owner', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='coalitions.organisation', verbose_name='whose text it is')),
                    ],
                    bases=('records.record',),
                ),
                migrations.CreateModel(
                    name='Returned',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('said_by', models.CharField(blank=True, max_length=200, verbose_name='whose file it is')),
                        ('file_name', models.CharField(max_length=200)),
                        ('digest', models.CharField(max_length=64)),
                        ('findings', models.JSONField(blank=True, default=list)),
                        ('facts', models.JSONField(blank=True, default=dict)),
                        ('token', models.UUIDField(default=uuid.uuid4, unique=True)),
                        ('at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('expires_at', models.DateTimeField(default=jukwaa.drafting.models.returned.its_end)),
                        ('entered_at', models.DateTimeField(blank=True, null=True)),
                        ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('consultation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='returned', to='drafting.consultation')),
                        ('organisation', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='coalitions.organisation')),
                        ('revision', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='drafting.revision')),
                        ('text', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='returned', to='drafting.text')),
                    ],
                    options={
                        'ordering': ['-at', '-pk'],
                        'constraints': [models.UniqueConstraint(fields=('consultation', 'by', 'digest'), name='a_file_comes_back_once'), models.CheckConstraint(condition=models.Q(('entered_at__isnull', True), ('findings', []), _connector='OR'), name='what_was_entered_is_kept_in_the_inputs')],
                    },
                ),
                migrations.CreateModel(
                    name='Edition',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('major', models.PositiveSmallIntegerField()),
                        ('minor', models.PositiveSmallIntegerField()),
                        ('errata', models.TextField(blank=True, verbose_name='what was mended since the edition before')),
                        ('without_call', models.TextField(blank=True)),
                        ('at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('call', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='editions', to='drafting.call')),
                        ('item', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='records.record')),
                        ('revision', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='edition', to='drafting.revision')),
                        ('text', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='editions', to='drafting.text')),
                    ],
                    options={
                        'ordering': ['text', '-major', '-minor'],
                        'constraints': [models.UniqueConstraint(fields=('text', 'major', 'minor'), name='an_edition_has_its_number_alone'), models.CheckConstraint(condition=models.Q(('call__isnull', False), models.Q(('without_call', ''), _negated=True), _connector='OR'), name='an_edition_was_agreed_or_says_why_not')],
                    },
                ),
                migrations.CreateModel(
                    name='Clause',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('number', models.PositiveIntegerField()),
                        ('text', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='clauses', to='drafting.text')),
                    ],
                    options={
                        'ordering': ['text', 'number'],
                        'constraints': [models.UniqueConstraint(fields=('text', 'number'), name='a_clause_has_its_number_alone')],
                    },
                ),
                migrations.CreateModel(
                    name='Wording',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('digest', models.CharField(max_length=32)),
                        ('body', models.TextField(blank=True)),
                        ('text', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='wordings', to='drafting.text')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('text', 'digest'), name='a_wording_is_stored_once')],
                    },
                ),
                migrations.CreateModel(
                    name='Placement',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('kind', models.CharField(choices=[('heading', 'heading'), ('paragraph', 'paragraph'), ('bullet', 'item of a list'), ('numbered', 'numbered item'), ('table', 'table'), ('note', 'footnote')], default='paragraph', max_length=10)),
                        ('level', models.PositiveSmallIntegerField(default=1)),
                        ('position', models.BigIntegerField()),
                        ('since', models.PositiveIntegerField()),
                        ('until', models.PositiveIntegerField(null=True)),
                        ('at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('clause', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='placements', to='drafting.clause')),
                        ('text', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='placements', to='drafting.text')),
                        ('wording', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='placements', to='drafting.wording')),
                    ],
                    options={
                        'indexes': [models.Index(fields=['text', 'position'], name='placements_in_order'), models.Index(fields=['text', 'since'], name='placements_by_step')],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('until__isnull', True)), fields=('clause',), name='a_clause_stands_in_one_place'), models.CheckConstraint(condition=models.Q(('until__isnull', True), ('until__gt', models.F('since')), _connector='OR'), name='a_placement_ends_after_it_began'), models.CheckConstraint(condition=models.Q(('level__gte', 1), ('level__lte', 6)), name='a_level_is_one_to_six')],
                    },
                ),
                migrations.CreateModel(
                    name='Input',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('exact', models.TextField(blank=True)),
                        ('prefix', models.CharField(blank=True, max_length=64)),
                        ('suffix', models.CharField(blank=True, max_length=64)),
                        ('start', models.PositiveIntegerField(default=0)),
                        ('question', models.PositiveSmallIntegerField(blank=True, null=True)),
                        ('kind', models.CharField(choices=[('comment', 'comment'), ('question', 'question'), ('support', 'support'), ('proposal', 'proposed wording')], default='comment', max_length=10)),
                        ('body', models.TextField(blank=True)),
                        ('proposed', models.TextField(blank=True)),
                        ('words', models.PositiveIntegerField(default=0)),
                        ('not_understood', models.BooleanField(default=False)),
                        ('language', models.CharField(default='en', max_length=35)),
                        ('came', models.CharField(choices=[('web', 'on the page'), ('mail', 'by mail'), ('word', 'in a Word file'), ('phone', 'on the phone'), ('room', 'in a room')], default='web', max_length=10)),
                        ('token', models.UUIDField(default=uuid.uuid4, unique=True)),
                        ('at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('fate', models.CharField(choices=[('kept', 'kept'), ('moved', 'moved'), ('changed', 'changed'), ('removed', 'removed')], default='kept', max_length=10)),
                        ('disposition', models.CharField(blank=True, choices=[('accepted', 'accepted'), ('in-part', 'accepted in part'), ('not-accepted', 'not accepted'), ('noted', 'noted'), ('duplicate', 'duplicate of another'), ('withdrawn', 'withdrawn')], max_length=15)),
                        ('hidden_at', models.DateTimeField(blank=True, null=True)),
                        ('hidden_because', models.TextField(blank=True)),
                        ('author', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('capacity', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='coalitions.capacity')),
                        ('clause', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='inputs', to='drafting.clause')),
                        ('consultation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='inputs', to='drafting.consultation')),
                        ('logged_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('now_at', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='drafting.clause')),
                        ('credited_in', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='credited', to='drafting.revision')),
                        ('followed_to', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='drafting.revision')),
                        ('revision', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='inputs', to='drafting.revision')),
                        ('text', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='inputs', to='drafting.text')),
                        ('wording', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='inputs', to='drafting.wording')),
                    ],
                    options={
                        'ordering': ['at', 'pk'],
                        'indexes': [models.Index(fields=['consultation', 'disposition', 'id'], name='inputs_by_answer'), models.Index(fields=['text', 'now_at', 'id'], name='inputs_at_a_clause'), models.Index(fields=['text', 'disposition', 'hidden_at', 'clause'], name='inputs_that_wait'), models.Index(models.F('text'), jukwaa.drafting.models.consultations.OfClause('clause'), models.F('id'), name='inputs_in_the_matrix')],
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('clause__isnull', True), ('exact', ''), ('proposed', ''), ('wording__isnull', True)), models.Q(('clause__isnull', False), ('wording__isnull', False)), _connector='OR'), name='an_input_at_a_clause_keeps_its_wording'), models.CheckConstraint(condition=models.Q(('hidden_at__isnull', True), models.Q(('hidden_because', ''), _negated=True), _connector='OR'), name='hiding_an_input_takes_a_reason')],
                    },
                ),
                migrations.CreateModel(
                    name='Evidence',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('note', models.CharField(blank=True, max_length=300, verbose_name='where in it, and for what')),
                        ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('clause', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='evidence', to='drafting.clause')),
                        ('record', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='records.record')),
                        ('quoted', models.BooleanField(default=False, verbose_name='words of it stand in the clause')),
                        ('part', models.CharField(blank=True, editable=False, max_length=40)),
                        ('taken_back', models.BooleanField(default=False, editable=False)),
                    ],
                    options={
                        'ordering': ['clause', 'pk'],
                        'constraints': [models.UniqueConstraint(fields=('clause', 'record', 'part'), name='a_clause_cites_a_record_once'), models.CheckConstraint(condition=models.Q(('taken_back', False), models.Q(('part', ''), _negated=True), _connector='OR'), name='evidence_that_is_taken_back_is_a_part')],
                    },
                ),
                migrations.CreateModel(
                    name='Disposition',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('answer', models.CharField(choices=[('accepted', 'accepted'), ('in-part', 'accepted in part'), ('not-accepted', 'not accepted'), ('noted', 'noted'), ('duplicate', 'duplicate of another'), ('withdrawn', 'withdrawn')], max_length=15)),
                        ('reason', models.TextField(blank=True)),
                        ('at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('duplicate_of', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='duplicates', to='drafting.input')),
                        ('input', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='dispositions', to='drafting.input')),
                    ],
                    options={
                        'ordering': ['input', '-pk'],
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('reason', ''), _negated=True), ('answer__in', ['duplicate', 'withdrawn']), _connector='OR'), name='an_answer_has_its_reason'), models.CheckConstraint(condition=models.Q(('duplicate_of__isnull', True), models.Q(('duplicate_of', models.F('input')), _negated=True), _connector='OR'), name='an_input_is_not_its_own_duplicate')],
                    },
                ),
                migrations.CreateModel(
                    name='Lineage',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('how', models.CharField(choices=[('split', 'split off'), ('merged', 'merged'), ('adapted', 'adapted')], max_length=10)),
                        ('clause', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='origins', to='drafting.clause')),
                        ('origin', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='offspring', to='drafting.clause')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('clause', 'origin', 'how'), name='a_clause_comes_of_another_once'), models.CheckConstraint(condition=models.Q(('clause', models.F('origin')), _negated=True), name='a_clause_is_not_its_own_origin')],
                    },
                ),
                migrations.CreateModel(
                    name='Position',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('stance', models.CharField(choices=[('support', 'supports it'), ('reservation', 'supports it, with a reservation'), ('object', 'objects'), ('aside', 'stands aside'), ('awaiting', 'awaits instructions')], max_length=15)),
                        ('reason', models.TextField(blank=True)),
                        ('stands', models.BooleanField(default=True)),
                        ('at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('call', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='positions', to='drafting.call')),
                        ('capacity', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='coalitions.capacity')),
                        ('clause', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='drafting.clause')),
                        ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='coalitions.organisation')),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'ordering': ['call', 'at', 'pk'],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('stands', True)), fields=('call', 'organisation'), name='one_position_of_an_organisation_stands'), models.CheckConstraint(condition=models.Q(models.Q(('stance__in', ['object', 'reservation']), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='an_objection_has_its_reason')],
                    },
                ),
                migrations.CreateModel(
                    name='Rules',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('silence', models.CharField(choices=[('support', 'as support'), ('aside', 'as standing aside'), ('nothing', 'as nothing')], default='support', max_length=10, verbose_name='silence counts')),
                        ('days', models.PositiveSmallIntegerField(default=14, verbose_name='days of a call, at least')),
                        ('coalition', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='drafting_rules', to='coalitions.coalition')),
                    ],
                    options={
                        'constraints': [models.CheckConstraint(condition=models.Q(('days__gte', 14)), name='a_call_lasts_two_weeks')],
                    },
                ),
                migrations.CreateModel(
                    name='Term',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('name', models.CharField(max_length=120, verbose_name='word')),
                        ('language', models.CharField(default='en', max_length=35, verbose_name='language')),
                        ('meaning', models.TextField(verbose_name='what it means here')),
                        ('source', models.CharField(blank=True, max_length=300, verbose_name='where this comes from')),
                        ('at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('coalition', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='terms', to='coalitions.coalition')),
                    ],
                    options={
                        'ordering': ['name', 'language'],
                        'constraints': [models.UniqueConstraint(models.F('coalition'), models.F('language'), django.db.models.functions.text.Lower('name'), name='a_term_is_unique_in_any_case')],
                    },
                ),
                migrations.CreateModel(
                    name='Rest',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('quoted', models.BooleanField(default=False)),
                        ('clause', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='drafting.clause')),
                        ('record', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='records.record')),
                        ('revision', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rests', to='drafting.revision')),
                        ('part', models.CharField(blank=True, editable=False, max_length=40)),
                        ('taken_back', models.BooleanField(default=False, editable=False)),
                    ],
                    options={
                        'ordering': ['revision', 'pk'],
                        'constraints': [models.UniqueConstraint(fields=('revision', 'clause', 'record', 'part'), name='a_clause_of_a_revision_rests_on_a_record_once'), models.CheckConstraint(condition=models.Q(('taken_back', False), models.Q(('part', ''), _negated=True), _connector='OR'), name='what_a_revision_rested_on_is_taken_back_in_part')],
                    },
                ),
            ],
        ),
    ]
